// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/transfer/staginglooks.h"

namespace vitrine::cli {

/// vitrinectl upload --check: tells of each file what would be sent, what is wrong with it and what
/// --fit or --again would do; sends nothing.
class FileCheckCommand final : public SessionCommand
{
    Q_OBJECT

public:
    /// \a directory, the account's, takes what comes from standard input.
    /// \a pictures must outlive it.
    FileCheckCommand(const Output& output, std::unique_ptr<session::Session> session,
                     UploadArguments arguments, QString directory,
                     const imaging::PictureReader& pictures);

protected:
    void begin() override;

private:
    void check(const QStringList& files);
    void lookOn();
    void report(quint64 number, const transfer::StagingLooks::Looked& looked);
    void refuse(const Error& error);

    const UploadArguments m_arguments;
    const QString m_directory;
    QStringList m_files;
    qsizetype m_next = 0;
    std::shared_ptr<const transfer::KnownImages> m_known;
    Tally m_tally{0};
    transfer::StagingLooks m_looks;
};

} // namespace vitrine::cli
