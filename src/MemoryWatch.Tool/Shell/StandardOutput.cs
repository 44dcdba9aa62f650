using System.IO.Pipes;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.Tool;

/// <summary>
/// Standard output that notices when its reader has gone. The console's own stream drops what nobody reads, and a command that goes on until it is
/// stopped would go on forever.
/// </summary>
internal sealed class StandardOutput : Stream
{
    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    private readonly Stream _inner;

    private StandardOutput(Stream inner) => _inner = inner;

    /// <summary>UTF-8, unless the locale has another character set.</summary>
    public static Encoding Encoding { get; } = EncodingOfProcess();

    /// <summary>Whether the reader has gone.</summary>
    public bool HasEnded { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static StandardOutput Open() => new(Pipe() ?? Console.OpenStandardOutput());

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (HasEnded)
        {
            return;
        }

        try
        {
            _inner.Write(buffer);
        }
        catch (IOException)
        {
            HasEnded = true;
            throw;
        }
    }

    public override void Flush()
    {
        if (!HasEnded)
        {
            _inner.Flush();
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static AnonymousPipeClientStream? Pipe()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return null;
        }

        try
        {
            return new AnonymousPipeClientStream(PipeDirection.Out, new SafePipeHandle(1, ownsHandle: false));
        }
        catch (IOException)
        {
            // A file, and no pipe.
            return null;
        }
    }

    private static Encoding EncodingOfProcess() => IsUtf8()
        ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
        : Encoding.GetEncoding(Encoding.ASCII.CodePage, new AsciiFallback(), DecoderFallback.ReplacementFallback);

    /// <summary>A terminal without a locale mostly takes UTF-8, and one whose locale is plain C, or has another character set, mostly does not.</summary>
    private static bool IsUtf8()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OutputEncoding.CodePage == Encoding.UTF8.CodePage || Console.IsOutputRedirected;
        }

        var locale = LocaleVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        return locale switch
        {
            null => true,
            "C" or "POSIX" => false,
            _ => locale.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0
                ? locale[dot..].Replace("-", string.Empty, StringComparison.Ordinal).Contains("UTF8", StringComparison.OrdinalIgnoreCase)
                : true,
        };
    }
}
