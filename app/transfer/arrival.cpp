// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/arrival.h"

#include "app/base/file.h"
#include "app/transfer/altintofile.h"
#include "app/transfer/safename.h"

#include <QCryptographicHash>
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
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!hash.addData(&file))
        return failure(ErrorKind::Storage, part);
    if (hash.result() != sha256)
        return failure(ErrorKind::BadAnswer, u"the bytes are not the image's"_s);
    return {};
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

Result<void> finishPart(const QString& part, const protocol::Image& image, Copy copy, Alt alt,
                        const imaging::PictureReader& pictures)
{
    const bool isKnown = copy == Copy::Original && !image.sha256.isEmpty();
    const auto checked = isKnown ? checkBytes(part, image.sha256) : Result<void>();
    if (!checked || alt == Alt::Untouched || image.alt.isEmpty())
        return checked;
    return writeAltIntoFile(part, image.alt, pictures);
}

} // namespace vitrine::transfer
