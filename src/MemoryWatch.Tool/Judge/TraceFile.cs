using System.Text;

namespace MemoryWatch.Tool.Judge;

/// <summary>Reads and judges one series.</summary>
internal static class TraceFile
{
    public static JudgedTrace Judge(Shell shell, string path, long? limit, CancellationToken cancellation)
    {
        var name = path == "-" ? "standard input" : $"'{SafeText.Context(path)}'";
        try
        {
            using var stream = shell.OpenSequential(path);
            using var progress = shell.Progress($"Reading {name}", stream.CanSeek ? stream.Length : null);
            using var reader = new WatchedReader(stream, progress, cancellation);
            var report = MemoryTrace.Judge(reader, limit);
            return reader.IsBinary ? Fail("it is binary")
                : report.RowCount == 0 ? Fail("it has no rows")
                : new(path, report, null);
        }
        catch (FormatException e)
        {
            return Fail(e.Message);
        }
        catch (UnreadableException e)
        {
            return new(path, null, e.Message);
        }
        catch (IOException e)
        {
            return Fail(e.Message);
        }

        JudgedTrace Fail(string problem) => new(path, null, $"{name} cannot be judged. {problem}");
    }

    /// <summary>Text that says how far it is read.</summary>
    private sealed class WatchedReader(Stream stream, ProgressLine progress, CancellationToken cancellation) : TextReader
    {
        private readonly char[] _buffer = new char[32 << 10];
        private readonly StreamReader _reader = new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 64 << 10);
        private int _next;
        private int _length;
        private long _read;

        public bool IsBinary { get; private set; }

        public override int Peek() => Fill() ? _buffer[_next] : -1;

        public override int Read() => Fill() ? _buffer[_next++] : -1;

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _reader.Dispose();
            }

            base.Dispose(disposing);
        }

        private bool Fill()
        {
            if (_next < _length)
            {
                return true;
            }

            cancellation.ThrowIfCancellationRequested();
            (_next, _length) = (0, _reader.Read(_buffer));
            _read += _length;
            progress.Report(_read);
            if (_buffer.AsSpan(0, _length).Contains('\0'))
            {
                IsBinary = true;
                throw new IOException("It is binary.");
            }

            return _length > 0;
        }
    }
}
