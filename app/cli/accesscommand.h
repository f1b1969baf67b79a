// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace vitrine::cli {

/// vitrinectl access: who may use a backend as its owner. Works on the data directory, whether or
/// not it is being served; a running server follows at once.
class AccessCommand final : public Command
{
    Q_OBJECT

public:
    AccessCommand(const Output& output, AccessArguments arguments, QString defaultData);

    void run() override;

private:
    Result<void> act() const;
    Result<void> create() const;
    Result<void> list() const;
    Result<void> revoke() const;
    Result<void> issueToken() const;
    Result<void> exchangeKey() const;

    const AccessArguments m_arguments;
    const QString m_data;
};

} // namespace vitrine::cli
