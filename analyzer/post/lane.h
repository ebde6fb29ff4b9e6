/* For tests and fuzz targets: makes a decoder read all JSON through the repair lane, to compare it
 * with the fast one. */
#ifndef HEARSAY_POST_LANE_H
#define HEARSAY_POST_LANE_H

struct decoder;

void decoder_use_repair_lane(struct decoder *decoder);

#endif
