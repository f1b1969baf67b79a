// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace vitrine::cli {

/// vitrinectl list: the images of the account, newest first.
class ListCommand final : public SessionCommand
{
    Q_OBJECT

public:
    ListCommand(const Output& output, std::unique_ptr<session::Session> session,
                ListArguments arguments);

protected:
    void begin() override;

private:
    const ListArguments m_arguments;
};

/// vitrinectl show: all about one image.
class ShowCommand final : public SessionCommand
{
    Q_OBJECT

public:
    ShowCommand(const Output& output, std::unique_ptr<session::Session> session,
                ShowArguments arguments);

protected:
    void begin() override;

private:
    const ShowArguments m_arguments;
};

} // namespace vitrine::cli
