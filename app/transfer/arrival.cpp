// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/arrival.h"

#include "app/base/file.h"
#include "app/base/sha256.h"
#include "app/transfer/altintofile.h"
#include "app/transfer/filecheck.h"
#include "app/transfer/safename.h"

#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;

Result<void> checkBytes(const QString& part, const QByteArray& sha256)
{
    QFile file(part);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Storage, part);
    const auto digest = sha256OfRest(file);
    if (!digest)
        return failure(ErrorKind::Storage, part);
    if (*digest != sha256)
        return failure(ErrorKind::BadAnswer, u"the bytes are not the image's"_s);
    return {};
}

/// Of what is no picture that can be read nothing can be said.
Result<void> checkPicture(const QString& part, const imaging::PictureReader& pictures)
{
    constexpr int side = 64; // pixels; the smallest scale reads all of the file just as well
    const auto file = openFile(part, kReadable.bytes);
    if (!file)
        return failure(file.error());
    const auto found = pictures.read(imaging::OpenFile{(*file)->handle(), (*file)->size()},
                                     {.limits = kReadable, .fitSide = side});
    if (!found && found.error().kind == ErrorKind::DamagedImage)
        return failure(ErrorKind::BadAnswer, u"the picture was cut off on its way"_s);
    return {};
}

Result<void> checkPart(const QString& part, const api::ApiClient::Saved& saved,
                       const protocol::Image& image, Copy copy,
                       const imaging::PictureReader& pictures)
{
    if (copy == Copy::Original && !image.sha256.isEmpty())
        return checkBytes(part, image.sha256);
    return saved.isKnownWhole ? Result<void>() : checkPicture(part, pictures);
}

} // namespace

QString fileNameFor(const protocol::Image& image, const QString& type)
{
    const QString name = safeName(image.name.isEmpty() ? image.id : image.name);
    const QMimeType mime = QMimeDatabase().mimeTypeForName(type.section(u';', 0, 0).trimmed());
    const QString suffix = QFileInfo(name).suffix();
    if (!mime.isValid() || mime.suffixes().contains(suffix, Qt::CaseInsensitive))
        return name;
    const QString stem = suffix.isEmpty() ? name : name.chopped(suffix.size() + 1);
    return mime.preferredSuffix().isEmpty() ? name : stem + u'.' + mime.preferredSuffix();
}

Result<void> finishPart(const QString& part, const api::ApiClient::Saved& saved,
                        const protocol::Image& image, Copy copy, Alt alt,
                        const imaging::PictureReader& pictures)
{
    const auto checked = checkPart(part, saved, image, copy, pictures);
    if (!checked || alt == Alt::Untouched || image.alt.isEmpty())
        return checked;
    return writeAltIntoFile(part, image.alt, pictures);
}

} // namespace vitrine::transfer
