// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/thumbnailcommand.h"

#include "app/base/file.h"
#include "app/imaging/picturereader.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

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
    if (QFileInfo(m_arguments.out).exists() && QFileInfo(m_arguments.out).canonicalFilePath() ==
                                                   QFileInfo(m_arguments.in).canonicalFilePath()) {
        output().note(tr("%1: The picture itself would be replaced. Choose another name for what "
                         "is made of it.")
                          .arg(m_arguments.out));
        Q_EMIT finished(kUsage);
        return;
    }
    const auto variants = make();
    if (!variants)
        return end(m_arguments.in, variants.error());
    const QImage picture = chosen(*variants);
    if (const auto written = write(imaging::encodeJpeg(picture)); !written)
        return end(m_arguments.out, written.error());
    if (variants->isDamaged)
        return end(m_arguments.in, {ErrorKind::DamagedImage, m_arguments.in, {}});
    output().print(
        {{u"file"_s, m_arguments.out},
         {u"width"_s, picture.width()},
         {u"height"_s, picture.height()}},
        tr("%1: %2 × %3").arg(m_arguments.out).arg(picture.width()).arg(picture.height()));
    Q_EMIT finished(kAllDone);
}

Result<imaging::Variants> ThumbnailCommand::make() const
{
    const imaging::ReadOrder order{.variants = wantedFor(m_arguments.variant)};
    const auto file = openFile(m_arguments.in, order.limits.bytes);
    if (!file)
        return failure(file.error());
    return m_pictures.read(imaging::OpenFile{(*file)->handle(), (*file)->size()}, order)
        .map([](const imaging::Findings& found) { return found.variants; });
}

// With the permissions that the person's other files get: this one is not ours.
Result<void> ThumbnailCommand::write(const QByteArray& jpeg) const
{
    QSaveFile file(m_arguments.out);
    if (!file.open(QIODevice::WriteOnly) || file.write(jpeg) != jpeg.size())
        return failure(file.error() == QFileDevice::ResourceError ? ErrorKind::DiskFull
                       : QFileInfo(QFileInfo(m_arguments.out).absolutePath()).isDir()
                           ? ErrorKind::PermissionDenied
                           : ErrorKind::NoSuchFolder,
                       m_arguments.out);
    return commitDurably(file);
}

void ThumbnailCommand::end(const QString& file, const Error& error)
{
    output().complain(file, error);
    Q_EMIT finished(kSomeFailed);
}

} // namespace vitrine::cli
