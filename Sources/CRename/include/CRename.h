#ifndef CAMPAIGN_LEDGER_RENAME_H
#define CAMPAIGN_LEDGER_RENAME_H

// What Swift does not show of renaming.

// Exchanges two names of one file system in one step: whenever the machine stops, each name is there and names the one
// or the other. Returns 0, or -1 with `errno`.
int campaign_exchange(const char *left, const char *right);

#endif
