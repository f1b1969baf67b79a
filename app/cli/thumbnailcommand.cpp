// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/thumbnailcommand.h"

#include "app/base/file.h"
#include "app/imaging/picturereader.h"

#include <QFile>

namespace vitrine::cli {
namespace {

using namespace Qt::StringLiterals;

imaging::Wanted wantedFor(const QString& variant)
{
    return {.preview = variant == "preview"_L1,
            .blurred = variant == "blurred"_L1,
            .highres = variant == "highres"_L1};
}

QImage chosen(const imaging::Variants& variants)
{
    if (!variants.highres.isNull())
        return variants.highres;
    return variants.blurred.isNull() ? variants.preview : variants.blurred;
}

} // namespace

ThumbnailCommand::ThumbnailCommand(const Output& output, ThumbnailArguments arguments,
                                   const imaging::PictureReader& pictures)
    : Command(output), m_arguments(std::move(arguments)), m_pictures(pictures)
{}

void ThumbnailCommand::run()
{
    const auto size = make();
    if (!size) {
        output().complain(m_arguments.in, size.error());
        Q_EMIT finished(kSomeFailed);
        return;
    }
    output().print(
        {{u"file"_s, m_arguments.out}, {u"width"_s, size->width()}, {u"height"_s, size->height()}},
        tr("%1: %2 × %3").arg(m_arguments.out).arg(size->width()).arg(size->height()));
    Q_EMIT finished(kAllDone);
}

Result<QSize> ThumbnailCommand::make() const
{
    const imaging::ReadOrder order{.variants = wantedFor(m_arguments.variant)};
    const auto file = openFile(m_arguments.in, order.limits.bytes);
    if (!file)
        return failure(file.error());
    const auto found =
        m_pictures.read(imaging::OpenFile{(*file)->handle(), (*file)->size()}, order);
    if (!found)
        return failure(found.error());
    const QImage picture = chosen(found->variants);
    if (auto written = writeFile(m_arguments.out, imaging::encodeJpeg(picture)); !written)
        return failure(written.error());
    if (found->variants.isDamaged)
        return failure(ErrorKind::DamagedImage, m_arguments.in);
    return picture.size();
}

} // namespace vitrine::cli
