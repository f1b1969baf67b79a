// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace vitrine::cli {

/// vitrinectl download: high-res copies or originals into a directory.
class DownloadCommand final : public SessionCommand
{
    Q_OBJECT

public:
    DownloadCommand(const Output& output, std::unique_ptr<session::Session> session,
                    DownloadArguments arguments);

protected:
    void begin() override;

private:
    void download(const QString& id);
    void downloadZip();
    void report(const QString& id, const Result<QString>& path);

    const DownloadArguments m_arguments;
    const QString m_directory;
    const transfer::Copy m_copy;
    const transfer::Alt m_alt;
    Tally m_tally;
};

} // namespace vitrine::cli
