// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/ingest.h"

#include <QFile>

namespace vitrine::backend {
namespace {

const imaging::Wanted kEverything{
    .preview = true, .blurred = true, .highres = true, .placeholder = true};

Result<imaging::Findings> look(const QString& path, const imaging::PictureReader& pictures,
                               const imaging::Limits& limits, const imaging::Wanted& variants)
{
    QFile original(path);
    if (!original.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Storage, original.errorString());
    return pictures.read(imaging::OpenFile{original.handle(), original.size()},
                         {.limits = limits, .variants = variants, .encodesVariants = true});
}

} // namespace

Result<void> ingest(Incoming& incoming, const imaging::PictureReader& pictures,
                    const imaging::Limits& limits, PixelBudget& budget, NewImage& properties)
{
    const auto before = look(incoming.originalPath(), pictures, limits, {});
    if (!before)
        return failure(before.error());
    const QSize size = before->info.size;
    const auto share = budget.take(qint64(size.width()) * size.height());
    const auto found = look(incoming.originalPath(), pictures, limits, kEverything);
    if (!found)
        return failure(found.error());
    if (found->variants.isDamaged)
        return failure(ErrorKind::DamagedImage);
    properties.type = imaging::mediaType(found->info.format);
    properties.size = found->info.size;
    properties.placeholder = found->variants.placeholder;
    if (auto added = incoming.add(Form::Preview, found->encoded.preview); !added)
        return added;
    if (auto added = incoming.add(Form::Blurred, found->encoded.blurred); !added)
        return added;
    return incoming.add(Form::Highres, found->encoded.highres);
}

} // namespace vitrine::backend
