/* corpora_generate SETTINGS_FOLDER OUTPUT_FOLDER: writes the sample corpus. Everything in it is
 * invented from phrases/; the same settings give the same bytes on every machine. */
#include <stdlib.h>

#include "world.h"
#include "writer.h"

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: corpora_generate SETTINGS_FOLDER OUTPUT_FOLDER\n"
                        "OUTPUT_FOLDER must have a folder posts/ in it\n");
        return 3;
    }
    struct world *world = calloc(1, sizeof *world); /* megabytes: too much for a stack */
    if (!world) {
        world_fail("memory is out", "world");
    }
    world_open(world, argv[1]);
    organic_accounts(world);
    organic_posts(world);
    claim_posts(world);
    campaign_posts(world);
    organic_reactions(world);
    write_sample(world, argv[2]);
    world_close(world);
    free(world);
    return 0;
}
