/* GSL's one setting that is the process's: by default an error in it ends the program. */
#ifndef HEARSAY_STATS_LIBRARY_H
#define HEARSAY_STATS_LIBRARY_H

/* Makes GSL return errors instead. Whoever opens the library calls this first; again does nothing
 * more. The only place that touches the handler: changing it back and forth around calls would
 * leave other threads without it. */
void stats_begin(void);

#endif
