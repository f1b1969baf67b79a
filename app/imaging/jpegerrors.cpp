// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/jpegerrors.h"

#include <jerror.h>

namespace vitrine::imaging {
namespace {

bool isHarmless(int code)
{
    switch (code) {
    case JWRN_ADOBE_XFORM:
    case JWRN_BOGUS_ICC:
    case JWRN_BOGUS_PROGRESSION:
    case JWRN_JFIF_MAJOR:
        return true;
    default:
        return false;
    }
}

} // namespace

JpegErrors::JpegErrors() : jpeg_error_mgr{}
{
    jpeg_std_error(this);
    error_exit = &JpegErrors::onError;
    emit_message = &JpegErrors::onMessage;
    output_message = [](j_common_ptr) {}; // nothing of ours writes to stderr
}

bool JpegErrors::isUnsupported() const
{
    switch (msg_code) {
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_SOF_UNSUPPORTED:
        return true;
    default:
        return false;
    }
}

bool JpegErrors::guarded(void (*step)(void*), void* context)
{
    if (setjmp(m_jump) != 0) // NOLINT(cert-err52-cpp): libjpeg knows no other way out
        return false;
    step(context);
    return true;
}

void JpegErrors::onError(j_common_ptr object)
{
    auto* self = static_cast<JpegErrors*>(object->err);
    self->format_message(object, self->m_message);
    std::longjmp(self->m_jump, 1); // NOLINT(cert-err52-cpp)
}

void JpegErrors::onMessage(j_common_ptr object, int level)
{
    auto* self = static_cast<JpegErrors*>(object->err);
    constexpr int warning = -1; // other levels are traces
    if (level == warning && !isHarmless(self->msg_code))
        self->m_sawDamage = true;
}

} // namespace vitrine::imaging
