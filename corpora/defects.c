#include "writer.h"

const struct defect defects[] = {
    {FILE_ARCHIVE, 30,
     "1896400000000000001,70000000000000001,Spare Loom,spare_loom,,,,12,30,2019-05-01,en,en,"
     "\"The thirtieth of February is a long day\",2025-02-30 "
     "10:00,Web,,,,False,,,,,0,0,0,0,[],[],[],\n",
     true, false},
    {FILE_ARCHIVE, 70,
     "1896400000000000002,70000000000000001,Spare Loom,spare_loom,,,,12,30,2019-05-01,en,en,"
     "\"This row ends too early, as rows do\",2025-03-03 11:41\n",
     false, true},
    {FILE_CRAWL, 40,
     "{\"platform\":\"x\",\"id\":\"1897500000000000001\",\"account\":\"7000000000\n", true, false},
    {FILE_CRAWL, 90,
     "{\"platform\":\"x\",\"id\":\"1897500000000000002\",\"account\":\"70000000000000002\","
     "\"created_at\":\"2025-13-06T10:00:00Z\",\"text\":\"Written in the thirteenth month\"}\n",
     true, false},
    {FILE_CRAWL, 150,
     "{\"platform\":\"x\",\"id\":\"1897500000000000003\",\"account\":\"70000000000000002\","
     "\"created_at\":\"2025-03-06T10:00:00Z\"}\n",
     true, false},
    {FILE_CRAWL, 210,
     "{\"platform\":\"x\",\"id\":\"1897500000000000004\",\"account\":\"70000000000000002\","
     "\"created_at\":\"2025-03-06T11:00:00Z\",\"text\":\"Half of a pair \\ud83d stands here\"}\n",
     false, true},
    {FILE_CRAWL, 260,
     "{\"platform\":\"x\",\"id\":1897500000000000005,\"account\":70000000000000002,"
     "\"created_at\":1741262400,\"text\":\"Numbers where strings are usual\"}\n",
     false, false},
    {FILE_STREAM, 55,
     "{\"did\":\"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa\",\"time_us\":1740999999000000,\"kind\":\"com\n",
     true, false},
};
const size_t defect_count = sizeof defects / sizeof *defects;
