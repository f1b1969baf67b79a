// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

#include <QHash>

namespace vitrine::cli {

/// vitrinectl upload: hands the files to the outbox and reports each one when it is confirmed or
/// has failed. Does not wait for an undo time.
class UploadCommand final : public SessionCommand
{
    Q_OBJECT

public:
    /// \a directory, the account's, takes what comes from standard input.
    /// \a pictures must outlive it.
    UploadCommand(const Output& output, std::unique_ptr<session::Session> session,
                  UploadArguments arguments, QString directory,
                  const imaging::PictureReader& pictures);

protected:
    void begin() override;

private:
    /// Files, and what describes each.
    struct Described {
        QStringList files;
        QStringList alts;
    };
    static Result<Described> describedFiles(const UploadArguments& arguments,
                                            const QString& directory,
                                            const imaging::PictureReader* pictures);
    void share(const Described& found);
    void follow(const QString& key);
    void report(const transfer::Transfer& transfer);
    QString sentenceFor(const transfer::Transfer& transfer) const;
    void refuse(const Error& error);

    const UploadArguments m_arguments;
    const QString m_directory;
    const imaging::PictureReader& m_pictures;
    QHash<QString, QString> m_pending; // the files that are under way, by key
    Tally m_tally{0};
    bool m_wouldFitHelp = false; // some failed for what --fit may mend
};

} // namespace vitrine::cli
