// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gallery/galleryfilter.h"
#include "app/session/accountlist.h"

#include <QHash>
#include <QScrollArea>

class QButtonGroup;
class QVBoxLayout;

namespace vitrine::ui {

class LibraryCounts;
class SidebarEntry;

/// The left side: what of the library is shown, and which account it is of. It scrolls where there
/// are more accounts than it has room for.
class Sidebar final : public QScrollArea
{
    Q_OBJECT

public:
    using Section = gallery::GalleryFilter::Section;

    /// What the dot next to the account tells.
    enum class AccountState { Well, Busy, Trouble };

    /// \a counts must outlive the sidebar.
    explicit Sidebar(const LibraryCounts& counts, QWidget* parent = nullptr);

    void setSection(Section section);
    void setUnsent(int count);
    /// \a current: the id of the one that is shown.
    void setAccounts(const QList<session::Account>& accounts, const QString& current);
    /// \a words say what the dot's colour tells.
    void setAccountState(const QString& id, AccountState state, const QString& words);

Q_SIGNALS:
    void sectionChosen(vitrine::gallery::GalleryFilter::Section section);
    void unsentChosen();
    void accountChosen(const vitrine::session::Account& account);
    void addAccountRequested();
    /// What its menu offers.
    void foldersRequested(const vitrine::session::Account& account);
    void speedLimitsRequested(const vitrine::session::Account& account);
    void signInRequested(const vitrine::session::Account& account);
    void signOutRequested(const vitrine::session::Account& account);
    void removeRequested(const vitrine::session::Account& account);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Standing {
        AccountState state;
        QString words;
    };

    void addHeading(const QString& text);
    SidebarEntry* addEntry(const QString& text);
    SidebarEntry* addSection(const QString& text, Section section);
    void showCounts(const LibraryCounts& counts);
    void addAccount(const session::Account& account, bool isCurrent);
    void popUpMenu(const session::Account& account, const QPoint& where);
    void showAccountStates();

    QWidget* const m_content;
    QVBoxLayout* const m_layout;
    QButtonGroup* const m_sections;
    SidebarEntry* m_all = nullptr;
    SidebarEntry* m_private = nullptr;
    SidebarEntry* m_unsent = nullptr;
    SidebarEntry* m_withoutAlt = nullptr;
    QVBoxLayout* m_accountLayout = nullptr;
    QList<session::Account> m_shownAccounts;
    QString m_currentAccount;
    QHash<QString, SidebarEntry*> m_accounts; ///< by the account's id
    QHash<QString, Standing> m_standings;     ///< likewise; of those that were opened
};

} // namespace vitrine::ui
