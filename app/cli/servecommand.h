// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/server.h"
#include "app/cli/command.h"
#include "app/cli/unixsignals.h"

namespace vitrine::cli {

/// vitrinectl serve: the backend alone, until SIGTERM or SIGINT.
class ServeCommand final : public Command
{
    Q_OBJECT

public:
    /// \a pictures must outlive it.
    ServeCommand(const Output& output, ServeArguments arguments, QString defaultData,
                 const imaging::PictureReader& pictures);
    ~ServeCommand() override;

    void run() override;

private:
    Result<backend::ServerOptions> options() const;
    void complainOf(const Error& error, const QString& dataDirectory) const;
    Result<QJsonObject> announce();
    void stop();

    const ServeArguments m_arguments;
    const QString m_defaultData;
    const imaging::PictureReader& m_pictures;
    UnixSignals m_signals;
    std::unique_ptr<backend::Server> m_server;
};

} // namespace vitrine::cli
