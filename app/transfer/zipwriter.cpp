// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/zipwriter.h"

#include "app/base/descriptor.h"
#include "app/base/file.h"
#include "app/transfer/safename.h"

#include <QFile>

#include <fcntl.h>
#include <minizip/zip.h>
#include <unistd.h>

#include <cerrno>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;

constexpr uLong kUnix = 3 << 8;            // "version made by": whose attributes they are
constexpr uLong kUtf8Names = 1 << 11;      // APPNOTE 4.4.4, bit 11
constexpr uLong kOrdinaryFile = 0100644UL; // st_mode, in the upper half of the attributes
constexpr qint64 kNeedsZip64 = 0xf0000000; // with room for what stands before and after
constexpr qint64 kPiece = 1024 * 1024;

zip_fileinfo infoFor(const QDateTime& time)
{
    zip_fileinfo info = {};
    if (time.isValid()) {
        const QDateTime local = time.toLocalTime();
        info.tmz_date.tm_sec = local.time().second();
        info.tmz_date.tm_min = local.time().minute();
        info.tmz_date.tm_hour = local.time().hour();
        info.tmz_date.tm_mday = local.date().day();
        info.tmz_date.tm_mon = local.date().month() - 1;
        info.tmz_date.tm_year = local.date().year();
    }
    info.external_fa = kOrdinaryFile << 16;
    return info;
}

} // namespace

Result<std::unique_ptr<ZipWriter>> ZipWriter::create(const QString& path)
{
    errno = 0;
    void* zip = zipOpen64(QFile::encodeName(path).constData(), APPEND_STATUS_CREATE);
    if (!zip)
        return failure(ownFileError(errno, path));
    return std::unique_ptr<ZipWriter>(new ZipWriter(path, zip));
}

ZipWriter::ZipWriter(QString path, void* zip) : m_path(std::move(path)), m_zip(zip)
{}

ZipWriter::~ZipWriter()
{
    if (m_zip)
        zipClose(m_zip, nullptr);
}

Result<void> ZipWriter::add(const QString& file, const QString& name, const QDateTime& time)
{
    const zip_fileinfo info = infoFor(time);
    const int isLarge = QFile(file).size() >= kNeedsZip64;
    errno = 0;
    const int opened = zipOpenNewFileInZip4_64(m_zip, uniqueName(name).toUtf8().constData(), &info,
                                               nullptr, 0, nullptr, 0, nullptr, 0 /* stored */, 0,
                                               0, -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY,
                                               nullptr, 0, kUnix, kUtf8Names, isLarge);
    if (opened != ZIP_OK)
        return lastFailure();
    if (const auto copied = copy(file); !copied)
        return copied;
    return zipCloseFileInZip(m_zip) == ZIP_OK ? Result<void>() : lastFailure();
}

Result<void> ZipWriter::copy(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Storage, path);
    while (!file.atEnd()) {
        const QByteArray bytes = file.read(kPiece);
        if (bytes.isEmpty())
            return failure(ErrorKind::Storage, path);
        errno = 0;
        if (zipWriteInFileInZip(m_zip, bytes.constData(), unsigned(bytes.size())) != ZIP_OK)
            return lastFailure();
    }
    return {};
}

Result<void> ZipWriter::finish()
{
    errno = 0;
    if (zipClose(std::exchange(m_zip, nullptr), nullptr) != ZIP_OK)
        return lastFailure();
    const Descriptor file(::open(QFile::encodeName(m_path).constData(), O_RDONLY | O_CLOEXEC));
    return file.isOpen() && ::fsync(file.number()) == 0 ? Result<void>() : lastFailure();
}

QString ZipWriter::uniqueName(const QString& name)
{
    QString unique = name;
    for (int number = 2; m_names.contains(unique.toCaseFolded()); ++number)
        unique = numberedName(name, number);
    m_names.insert(unique.toCaseFolded());
    return unique;
}

tl::unexpected<Error> ZipWriter::lastFailure() const
{
    return failure(ownFileError(errno, m_path));
}

} // namespace vitrine::transfer
