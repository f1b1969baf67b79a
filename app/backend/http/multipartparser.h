// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QByteArrayMatcher>

namespace vitrine::backend::http {

/// The heading of one part of a form.
struct PartHead {
    QByteArray name;        ///< of the field, as it came
    QByteArray fileName;    ///< as it came, without the quotes; null if the part is no file
    QByteArray contentType; ///< null if not told
};

/// What a form consists of, in the order of arrival.
class PartSink
{
public:
    virtual ~PartSink() = default;
    virtual Result<void> beginPart(const PartHead& head) = 0;
    virtual Result<void> partData(QByteArrayView data) = 0;
    virtual Result<void> endPart() = 0;
    /// Whatever else came, in its place among the parts' data: with that, all bytes of the form.
    virtual void frame(QByteArrayView) {}
};

/// multipart/form-data (RFC 7578) as it arrives, in pieces of any size. Keeps no more than a
/// heading and a boundary in memory.
class MultipartParser
{
public:
    /// \a sink must outlive the parser.
    MultipartParser(const QByteArray& boundary, PartSink& sink);

    /// Errors: InvalidInput (no such form), and what the sink gives. After one, no more calls.
    Result<void> feed(QByteArrayView piece);
    /// Whether the final boundary was seen.
    bool isComplete() const { return m_state == State::Epilogue; }

    /// The boundary out of a Content-Type; empty if it is not multipart/form-data or has none.
    static QByteArray boundaryOf(const QByteArray& contentType);

private:
    enum class State { Preamble, AfterBoundary, Heading, EmptyLine, Data, Epilogue };

    qsizetype boundaryIn(QByteArrayView data) const { return m_search.indexIn(data); }
    bool isDataAlone(QByteArrayView piece) const;
    Result<void> handOn(QByteArrayView piece);
    qsizetype boundaryStart(QByteArrayView data) const;
    void pass(qsizetype length);
    Result<bool> step();
    bool skipPreamble();
    Result<bool> readAfterBoundary();
    Result<bool> readHeading();
    Result<bool> readEmptyLine();
    Result<bool> readData();

    const QByteArray m_delimiter;     ///< "\r\n--boundary"
    const QByteArrayMatcher m_search; ///< for it; steps over most of a picture's bytes
    PartSink& m_sink;
    State m_state = State::Preamble;
    QByteArray m_pending;
    qsizetype m_made; ///< bytes that begin what is pending and did not come
};

} // namespace vitrine::backend::http
