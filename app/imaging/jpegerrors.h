// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <jpeglib.h>

#include <csetjmp>
#include <cstdio> // jpeglib.h needs FILE and does not include it
#include <type_traits>

namespace vitrine::imaging {

/// Errors and warnings of one libjpeg object. libjpeg may only be called inside of run(): on a
/// fatal error it jumps back there.
class JpegErrors : private jpeg_error_mgr
{
public:
    JpegErrors();
    Q_DISABLE_COPY_MOVE(JpegErrors)

    jpeg_error_mgr* manager() { return this; }

    /// Runs \a step; false if libjpeg gave up in it. A jump skips destructors: the step must not
    /// make anything that has one.
    template <typename Step>
    bool run(Step step)
    {
        static_assert(std::is_trivially_destructible_v<Step>);
        return guarded([](void* erased) { (*static_cast<Step*>(erased))(); }, &step);
    }

    /// Whether a warning was about the pixels, not only about a marker that breaks some rule.
    bool sawDamage() const { return m_sawDamage; }
    /// Whether it gave up because it does not know this kind of JPEG.
    bool isUnsupported() const;
    /// What libjpeg said when it gave up.
    QString message() const { return QString::fromLatin1(m_message); }

private:
    bool guarded(void (*step)(void*), void* context);
    static void onError(j_common_ptr object);
    static void onMessage(j_common_ptr object, int level);

    std::jmp_buf m_jump;
    char m_message[JMSG_LENGTH_MAX] = {};
    bool m_sawDamage = false;
};

} // namespace vitrine::imaging
