// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/pathlist.h"

#include "app/base/file.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>
#include <vector>

namespace vitrine::transfer {
namespace {

using namespace Qt::StringLiterals;

namespace fs = std::filesystem;

constexpr std::array kEndings{".jpg"_L1, ".jpeg"_L1, ".jpe"_L1, ".png"_L1,  ".gif"_L1,  ".webp"_L1,
                              ".tif"_L1, ".tiff"_L1, ".bmp"_L1, ".heic"_L1, ".heif"_L1, ".avif"_L1};

bool isPictureName(const QString& name)
{
    return std::any_of(kEndings.begin(), kEndings.end(), [&](QLatin1StringView ending) {
        return name.endsWith(ending, Qt::CaseInsensitive);
    });
}

bool isDirectory(const QString& path)
{
    std::error_code gone;
    return fs::is_directory(nativePath(path).toStdString(), gone);
}

bool isNobodysTrouble(const std::error_code& code)
{
    const ErrorKind kind = fileError(code.value(), {}).kind;
    return kind == ErrorKind::NotFound || kind == ErrorKind::PermissionDenied;
}

QString shownPath(const fs::path& path)
{
    return QFile::decodeName(path.c_str());
}

// Not by QDirIterator, which leaves out names that are no text, and not by one iterator for all
// directories, which is at its end where one of them cannot be opened.
class Walk
{
public:
    Walk(const fs::path& top, const std::stop_token& stop) : m_stop(stop)
    {
        const std::error_code code = readEntries(top);
        note(code, top);
        while (!m_waiting.empty() && !m_stop.stop_requested()) {
            const fs::path next = std::move(m_waiting.back());
            m_waiting.pop_back();
            noteUnlessGone(readEntries(next), next);
        }
        if (m_stop.stop_requested())
            m_content.troubles += Error{ErrorKind::Cancelled, shownPath(top), {}};
        m_content.pictures.sort();
    }

    DirectoryContent takeContent() { return std::move(m_content); }

private:
    std::error_code readEntries(const fs::path& directory)
    {
        std::error_code code;
        fs::directory_iterator entries(directory, code);
        if (!code)
            m_content.directories += shownPath(directory);
        for (; !code && entries != end(entries) && !m_stop.stop_requested();
             entries.increment(code))
            take(*entries);
        return code;
    }

    void take(const fs::directory_entry& entry)
    {
        std::error_code code;
        if (entry.path().filename().native().starts_with('.'))
            return;
        if (!entry.is_symlink(code) && entry.is_directory(code))
            m_waiting.push_back(entry.path());
        else if (const QString path = shownPath(entry.path());
                 isPictureName(path) && entry.is_regular_file(code))
            m_content.pictures += path;
        noteUnlessGone(code, entry.path());
    }

    void noteUnlessGone(const std::error_code& code, const fs::path& path)
    {
        if (!isNobodysTrouble(code))
            note(code, path);
    }

    void note(const std::error_code& code, const fs::path& path)
    {
        if (code)
            m_content.troubles += readError(code.value(), shownPath(path));
    }

    const std::stop_token m_stop;
    DirectoryContent m_content;
    std::vector<fs::path> m_waiting; // directories
};

QStringList picturesBelow(const QString& directory)
{
    const DirectoryContent content = contentOf(directory);
    QStringList files = content.pictures;
    for (const Error& trouble : content.troubles)
        files += trouble.detail;
    return files.isEmpty() ? QStringList{directory} : files;
}

} // namespace

DirectoryContent contentOf(const QString& directory, const std::stop_token& stop)
{
    return Walk(nativePath(directory).toStdString(), stop).takeContent();
}

QStringList picturesIn(const QStringList& paths)
{
    QStringList files;
    for (const QString& path : paths)
        files += isDirectory(path) ? picturesBelow(path) : QStringList{path};
    return files;
}

} // namespace vitrine::transfer
