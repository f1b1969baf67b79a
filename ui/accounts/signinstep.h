// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/base/result.h"
#include "app/session/accountlist.h"
#include "ui/accounts/assistantstep.h"

class QLineEdit;
class QPushButton;
class QRadioButton;

namespace vitrine::ui {

/// Asks for what the gallery knows its owner by: a visit of the person in the browser, a service
/// token, or a token of the person. What was typed is gone from the fields once it was handed on
/// and taken, or the step is left.
class SignInStep final : public AssistantStep
{
    Q_OBJECT

public:
    explicit SignInStep(QWidget* parent = nullptr);

    void askFor(const session::Account& account);
    /// While the person is in the browser nothing can be done here but to stop that.
    void setVisiting(bool isVisiting);
    using AssistantStep::tell;
    /// In the words for whoever has just tried to sign in.
    void tell(const Error& error);

Q_SIGNALS:
    void given(const vitrine::access::Credential& credential);
    void browserChosen();
    void visitStopped();
    void cancelled();

protected:
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildServiceToken();
    QWidget* buildPersonToken();
    QWidget* buildBrowser();
    void giveCredential();
    void clear();

    QRadioButton* const m_isService;
    QRadioButton* const m_isPerson;
    QLineEdit* const m_clientId;
    QLineEdit* const m_clientSecret;
    QLineEdit* const m_token;
    QWidget* m_service = nullptr;
    QWidget* m_person = nullptr;
    QPushButton* m_later = nullptr;
    bool m_isVisiting = false;
};

} // namespace vitrine::ui
