// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/inspection.h"

#include "app/backend/filerows.h"
#include "app/backend/imagerows.h"
#include "app/backend/schema.h"
#include "app/base/sha256.h"

#include <QDir>
#include <QSet>

#include <algorithm>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;
using Kind = Finding::Kind;

constexpr int kRowsAtOnce =
    200; // rows at once: a longer look would keep a server from tidying its log

class Inspector
{
public:
    Inspector(const QString& dataDirectory, storage::Database database,
              const std::function<void(const Finding&)>& report)
        : m_root(dataDirectory)
        , m_files(dataDirectory)
        , m_database(std::move(database))
        , m_report(report)
    {}

    Inspection run();

private:
    void inspectRows();
    void inspectPictures();
    void inspectPicture(const rows::FileRow& row);
    void inspectFile(const rows::FileRow& row, Form form);
    bool open(QFile& file, const rows::FileRow& row, Form form) const;
    void inspectDirectory(const QByteArray& digest, const QString& path);
    void inspectEntries(const QByteArray& digest, const QString& path);
    void report(Kind kind, const QString& what, const QString& imageId = {});

    const QDir m_root;
    const ContentFiles m_files;
    storage::Database m_database;
    const std::function<void(const Finding&)>& m_report;
    Inspection m_result;
};

Inspection Inspector::run()
{
    inspectRows();
    inspectPictures();
    m_files.forEach(
        [this](const QByteArray& digest, const QString& path) { inspectDirectory(digest, path); });
    return m_result;
}

void Inspector::report(Kind kind, const QString& what, const QString& imageId)
{
    ++m_result.findings;
    m_report({kind, kind == Kind::Rows ? what : m_root.relativeFilePath(what), imageId});
}

void Inspector::inspectRows()
{
    for (const QString& complaint : rows::damages(m_database.connection()))
        report(Kind::Rows, complaint);
    rows::Survey seen;
    while (!seen.isComplete) {
        seen = rows::survey(m_database.connection(), seen.last, kRowsAtOnce);
        for (const rows::StrangeRow& row : seen.strange)
            report(Kind::Rows, u"the image in row %1 is none of Vitrine's"_s.arg(row.sequence),
                   row.id);
    }
}

void Inspector::inspectPictures()
{
    QByteArray last;
    for (;;) {
        const auto batch = rows::filesAfter(m_database.connection(), last, kRowsAtOnce);
        for (const rows::FileRow& row : batch)
            inspectPicture(row);
        if (batch.isEmpty())
            return;
        last = batch.last().sha256;
    }
}

void Inspector::inspectPicture(const rows::FileRow& row)
{
    ++m_result.pictures;
    if (row.isWaiting)
        return inspectFile(row, Form::Original);
    for (const Form form : kForms)
        inspectFile(row, form);
}

void Inspector::inspectFile(const rows::FileRow& row, Form form)
{
    const QByteArray expected = row.digest(form);
    QFile file;
    const bool isThere = open(file, row, form);
    const QString path = file.fileName();
    const auto digest = isThere ? sha256OfRest(file) : std::nullopt;
    const bool isRight = digest && (expected.isEmpty() ? file.size() > 0 : *digest == expected);
    m_result.bytes += isThere ? file.size() : 0;
    if (isRight)
        return;
    const QString imageId = rows::imageOfFile(m_database.connection(), row.sha256);
    if (!imageId.isEmpty()) // else it was removed meanwhile
        report(isThere ? Kind::Altered : Kind::Missing, path, imageId);
}

bool Inspector::open(QFile& file, const rows::FileRow& row, Form form) const
{
    const QStringList places = m_files.places(row.sha256, form, row.isWaiting);
    return std::any_of(places.cbegin(), places.cend(), [&](const QString& place) {
        file.setFileName(place);
        return file.open(QIODevice::ReadOnly);
    });
}

void Inspector::inspectDirectory(const QByteArray& digest, const QString& path)
{
    const auto isKnown = [&] {
        return !digest.isEmpty() && rows::hasFile(m_database.connection(), digest);
    };
    if (isKnown()) {
        inspectEntries(digest, path);
        return;
    }
    // Not known, not about to be, not known by now, and not gone by now.
    if (!m_files.isUnderWay(digest) && !isKnown() && QFileInfo::exists(path))
        report(Kind::Orphan, path);
}

void Inspector::inspectEntries(const QByteArray& digest, const QString& path)
{
    QSet<QString> own;
    for (const Form form : kForms)
        own.insert(m_files.path(digest, form));
    constexpr auto everything =
        QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    for (const QFileInfo& entry : QDir(path).entryInfoList(everything)) {
        if (!own.contains(entry.filePath()))
            report(Kind::Orphan, entry.filePath());
    }
}

} // namespace

Result<Inspection> inspect(const QString& dataDirectory,
                           const std::function<void(const Finding&)>& report)
{
    auto database = storage::Database::openToRead(databasePath(dataDirectory), migrations());
    if (!database)
        return failure(database.error());
    Inspector inspector(dataDirectory, *std::move(database), report);
    return storage::Database::guarded([&]() -> Result<Inspection> { return inspector.run(); });
}

} // namespace vitrine::backend
