// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/backup.h"

#include "app/backend/filerows.h"
#include "app/backend/schema.h"
#include "app/backend/sql.h"
#include "app/base/descriptor.h"
#include "app/base/file.h"
#include "app/base/paths.h"

#include <QDir>
#include <QSet>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include <cerrno>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

constexpr int kFilesAtOnce = 200;
constexpr int kMaxPasses = 20;
constexpr size_t kCopySize = 8 * 1024 * 1024;

Descriptor openPrivately(const QString& path, int flags)
{
    return Descriptor(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, 0600));
}

/// Whole or not at all. Errors: NotFound (\a from alone), DiskFull, PermissionDenied, Storage.
Result<void> copyFile(const QString& from, const QString& to)
{
    const Descriptor source = openPrivately(from, O_RDONLY);
    if (!source.isOpen())
        return failure(fileError(errno, from));
    const Descriptor copy = openPrivately(to, O_WRONLY | O_CREAT | O_EXCL);
    if (!copy.isOpen())
        return failure(ownFileError(errno, to));
    ssize_t count = 0;
    do {
        count = ::sendfile(copy.number(), source.number(), nullptr, kCopySize);
    } while (count > 0);
    if (count == 0)
        return {};
    const Error error = ownFileError(errno, to);
    QFile::remove(to);
    return failure(error);
}

/// Copies into a folder of its own, in passes: rows first, then their pictures. A picture that was
/// removed in between makes another pass, which has little left to copy.
class Copier
{
public:
    Copier(const QString& dataDirectory, storage::Database database, const QString& folder)
        : m_folder(folder), m_source(dataDirectory), m_copy(folder), m_database(std::move(database))
    {}

    Result<Backup> run();

private:
    enum class Pass { Complete, SomeAreGone };

    Result<storage::Database> takeSnapshot();
    Result<Pass> copyPictures(SQLite::Database& snapshot);
    Result<Pass> copyPicture(const rows::FileRow& row);
    Result<bool> copyForms(const rows::FileRow& row);
    Result<void> copyForm(const rows::FileRow& row, Form form);
    Result<Backup> finish(SQLite::Database& snapshot);

    const QString m_folder;
    const ContentFiles m_source;
    ContentFiles m_copy;
    storage::Database m_database;
    QStringList m_unreadable;
    QSet<QByteArray> m_withoutVariants; // as they were when they were copied
};

Result<Backup> Copier::run()
{
    if (auto prepared = m_copy.prepare(); !prepared)
        return failure(prepared.error());
    for (int pass = 0; pass < kMaxPasses; ++pass) {
        auto snapshot = takeSnapshot();
        if (!snapshot)
            return failure(snapshot.error());
        const auto copied = copyPictures(snapshot->connection());
        if (!copied)
            return failure(copied.error());
        if (*copied == Pass::Complete)
            return finish(snapshot->connection());
    }
    return failure(ErrorKind::Busy, u"images go faster than they can be copied"_s);
}

Result<storage::Database> Copier::takeSnapshot()
{
    const QString path = databasePath(m_folder);
    QFile::remove(path);
    // SQLite would take the umask's rights.
    const Descriptor privately = openPrivately(path, O_WRONLY | O_CREAT | O_EXCL);
    SQLite::Statement vacuum(m_database.connection(), "VACUUM INTO ?");
    sql::bind(vacuum, 1, path);
    vacuum.exec();
    return storage::Database::openToRead(path, migrations());
}

Result<Copier::Pass> Copier::copyPictures(SQLite::Database& snapshot)
{
    Pass pass = Pass::Complete;
    QList<rows::FileRow> batch;
    do {
        const QByteArray last = batch.isEmpty() ? QByteArray() : batch.last().sha256;
        batch = rows::filesAfter(snapshot, last, kFilesAtOnce);
        for (const rows::FileRow& row : batch) {
            const auto copied = copyPicture(row);
            if (!copied)
                return copied;
            if (*copied == Pass::SomeAreGone)
                pass = Pass::SomeAreGone;
        }
    } while (!batch.isEmpty());
    return pass;
}

Result<Copier::Pass> Copier::copyPicture(const rows::FileRow& row)
{
    const QString folder = m_copy.directory(row.sha256);
    if (!row.isWaiting && m_withoutVariants.remove(row.sha256))
        QDir(folder).removeRecursively(); // it has them by now
    if (QFileInfo::exists(folder))        // in an earlier pass
        return Pass::Complete;
    if (auto made = makePrivateDirectory(folder); !made)
        return failure(made.error());
    if (row.isWaiting)
        m_withoutVariants.insert(row.sha256);
    const auto isWhole = copyForms(row);
    if (!isWhole)
        return failure(isWhole.error());
    if (*isWhole)
        return Pass::Complete;
    const QString image = rows::imageOfFile(m_database.connection(), row.sha256);
    if (!image.isEmpty()) {
        m_unreadable.append(image);
        return Pass::Complete;
    }
    QDir(folder).removeRecursively(); // it was removed meanwhile
    return Pass::SomeAreGone;
}

/// Whether all that there should be could be copied. Errors: DiskFull.
Result<bool> Copier::copyForms(const rows::FileRow& row)
{
    bool isWhole = true;
    for (const Form form : kForms) {
        if (row.isWaiting && form != Form::Original)
            continue;
        const auto copied = copyForm(row, form);
        if (!copied && copied.error().kind == ErrorKind::DiskFull)
            return failure(copied.error());
        isWhole = isWhole && copied;
    }
    return isWhole;
}

/// The original of a picture that waits goes to where it would be otherwise, as it may do at its
/// source meanwhile. Whoever serves the copy finds it there.
Result<void> Copier::copyForm(const rows::FileRow& row, Form form)
{
    Result<void> copied;
    for (const QString& place : m_source.places(row.sha256, form, row.isWaiting)) {
        copied = copyFile(place, m_copy.path(row.sha256, form));
        if (copied || copied.error().kind != ErrorKind::NotFound)
            break;
    }
    return copied;
}

/// Leaves what the last snapshot has, and makes it durable.
Result<Backup> Copier::finish(SQLite::Database& snapshot)
{
    Backup backup{0, m_unreadable};
    m_copy.forEach([&](const QByteArray& digest, const QString& folder) {
        if (rows::hasFile(snapshot, digest))
            ++backup.pictures;
        else
            QDir(folder).removeRecursively();
    });
    const Descriptor folder = openPrivately(m_folder, O_RDONLY | O_DIRECTORY);
    if (::syncfs(folder.number()) != 0)
        return failure(fileError(errno, m_folder));
    return backup;
}

bool isFree(const QString& path)
{
    return !QFileInfo::exists(path) || (QFileInfo(path).isDir() && QDir(path).isEmpty());
}

} // namespace

Result<Backup> backUp(const QString& dataDirectory, const QString& target)
{
    const QString path = QDir::cleanPath(QDir::current().absoluteFilePath(target));
    if (!isFree(path))
        return failure(ErrorKind::InvalidInput, u"there is something in %1 already"_s.arg(path));
    auto database = storage::Database::openToRead(databasePath(dataDirectory), migrations());
    if (!database)
        return failure(database.error());
    QTemporaryDir partial(path + u".XXXXXX"_s); // on the same file system, and gone after a failure
    if (!partial.isValid())
        return failure(fileError(errno, path));
    auto copied = storage::Database::guarded(
        [&] { return Copier(dataDirectory, *std::move(database), partial.path()).run(); });
    if (!copied)
        return copied;
    if (::rename(QFile::encodeName(partial.path()).constData(),
                 QFile::encodeName(path).constData()) != 0)
        return failure(fileError(errno, path));
    partial.setAutoRemove(false);
    syncDirectoryOf(path);
    return copied;
}

} // namespace vitrine::backend
