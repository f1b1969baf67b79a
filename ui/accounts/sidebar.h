// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gallery/galleryfilter.h"

#include <QFrame>

class QButtonGroup;
class QVBoxLayout;

namespace vitrine::ui {

class LibraryCounts;
class SidebarEntry;

/// The left side: what of the library is shown, and which account it is.
class Sidebar final : public QFrame
{
    Q_OBJECT

public:
    using Section = gallery::GalleryFilter::Section;

    /// What the dot next to the account tells.
    enum class AccountState { Well, Busy, Trouble };

    /// \a counts must outlive the sidebar. \a account is the name of the one that is shown.
    Sidebar(const LibraryCounts& counts, const QString& account, QWidget* parent = nullptr);

    void setSection(Section section);
    void setUnsent(int count);
    /// \a words say what the dot's colour tells.
    void setAccountState(AccountState state, const QString& words);

Q_SIGNALS:
    void sectionChosen(vitrine::gallery::GalleryFilter::Section section);
    void unsentChosen();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void addHeading(const QString& text);
    SidebarEntry* addEntry(const QString& text);
    SidebarEntry* addSection(const QString& text, Section section);
    void showCounts(const LibraryCounts& counts);
    void showAccountState();

    QVBoxLayout* const m_layout;
    QButtonGroup* const m_sections;
    SidebarEntry* m_all = nullptr;
    SidebarEntry* m_private = nullptr;
    SidebarEntry* m_unsent = nullptr;
    SidebarEntry* m_withoutAlt = nullptr;
    SidebarEntry* m_account = nullptr;
    AccountState m_state = AccountState::Busy;
    QString m_stateWords;
};

} // namespace vitrine::ui
