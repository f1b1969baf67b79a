// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/pathlist.h"

#include "app/base/file.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <filesystem>

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

// Not by QDirIterator, which leaves out names that are no text.
QStringList picturesBelow(const QString& directory)
{
    QStringList files;
    std::error_code trouble;
    fs::recursive_directory_iterator entries(nativePath(directory).toStdString(),
                                             fs::directory_options::skip_permission_denied,
                                             trouble);
    for (; !trouble && entries != end(entries); entries.increment(trouble)) {
        std::error_code gone; // between its listing and a look at it
        const QString path = QFile::decodeName(entries->path().c_str());
        if (entries->path().filename().native().starts_with('.'))
            entries.disable_recursion_pending();
        else if (isPictureName(path) && entries->is_regular_file(gone))
            files.append(path);
    }
    files.sort();
    return files.isEmpty() ? QStringList{directory} : files;
}

} // namespace

QStringList picturesIn(const QStringList& paths)
{
    QStringList files;
    for (const QString& path : paths)
        files += isDirectory(path) ? picturesBelow(path) : QStringList{path};
    return files;
}

} // namespace vitrine::transfer
