// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/ingest.h"

#include <QFile>

#include <algorithm>

namespace vitrine::backend {
namespace {

constexpr qint64 kUsualPixels = 50'000'000; ///< hardly a camera takes more

const imaging::Wanted kEverything{
    .preview = true, .blurred = true, .highres = true, .placeholder = true};

Result<imaging::Findings> look(const imaging::PictureReader& pictures, const QString& path,
                               const imaging::ReadOrder& order)
{
    QFile original(path);
    if (!original.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Storage, original.errorString());
    return pictures.read(imaging::OpenFile{original.handle(), original.size()}, order);
}

/// A variant is left out where there was no memory for its pixels.
bool isComplete(const imaging::EncodedVariants& encoded)
{
    return !encoded.preview.isEmpty() && !encoded.blurred.isEmpty() && !encoded.highres.isEmpty();
}

} // namespace

// One look does for nearly all: of how many pixels a picture has nobody knows before. What turns
// out to have more is looked at again, with room for that.
Result<imaging::Findings> Ingest::read(const QString& path, Pace pace) const
{
    auto found = readUpTo(std::min(kUsualPixels, m_limits.pixels), path, pace);
    if (!found && found.error().kind == ErrorKind::TooManyPixels && kUsualPixels < m_limits.pixels)
        found = readUpTo(m_limits.pixels, path, pace);
    if (found && found->variants.isDamaged)
        return failure(ErrorKind::DamagedImage);
    if (found && !isComplete(found->encoded))
        return failure(ErrorKind::MemoryExhausted);
    return found;
}

Result<imaging::Findings> Ingest::readUpTo(qint64 pixels, const QString& path, Pace pace) const
{
    imaging::Limits limits = m_limits;
    limits.pixels = pixels;
    const auto share = m_budget.take(pixels);
    return look(m_pictures, path,
                {.limits = limits,
                 .variants = kEverything,
                 .encodesVariants = true,
                 .isPatient = pace == Pace::Patient});
}

Result<imaging::Findings> Ingest::glance(const QString& path) const
{
    return look(m_pictures, path, {.limits = m_limits});
}

void describe(NewImage& properties, const imaging::Findings& found)
{
    properties.type = imaging::mediaType(found.info.format);
    properties.size = found.info.size;
    properties.placeholder = found.variants.placeholder;
}

Result<void> addVariants(Incoming& picture, const imaging::Findings& found)
{
    return picture.add(Form::Preview, found.encoded.preview)
        .and_then([&] { return picture.add(Form::Blurred, found.encoded.blurred); })
        .and_then([&] { return picture.add(Form::Highres, found.encoded.highres); });
}

} // namespace vitrine::backend
