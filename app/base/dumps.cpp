// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/dumps.h"

#include <QtGlobal>

#include <sys/prctl.h>

namespace vitrine {

void forbidDumps()
{
#ifndef __SANITIZE_ADDRESS__ // whose leak check reads the memory as a debugger does
    if (qgetenv("VITRINE_DUMPS") != "1")
        ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

} // namespace vitrine
