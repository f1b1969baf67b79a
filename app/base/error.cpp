// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/error.h"

namespace vitrine {

bool isRetryable(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::RateLimited:
    case ErrorKind::Unavailable:
    case ErrorKind::Network:
    case ErrorKind::TimedOut:
    case ErrorKind::BadAnswer:
    case ErrorKind::Busy:
        return true;
    default:
        return false;
    }
}

} // namespace vitrine
