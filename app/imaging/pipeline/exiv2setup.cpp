// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/exiv2setup.h"

#include <exiv2/exiv2.hpp>

#include <mutex>

namespace vitrine::imaging {
namespace {

/// Exiv2's XMP part is not thread-safe on its own: it takes a lock from us.
void lockXmp(void* mutex, bool isLocking)
{
    if (isLocking)
        static_cast<std::recursive_mutex*>(mutex)->lock();
    else
        static_cast<std::recursive_mutex*>(mutex)->unlock();
}

} // namespace

void setUpExiv2()
{
    static std::recursive_mutex xmpMutex;
    static std::once_flag once;
    std::call_once(once, [] {
        Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
        Exiv2::XmpParser::initialize(&lockXmp, &xmpMutex);
    });
}

} // namespace vitrine::imaging
