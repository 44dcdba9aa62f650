using System.Text;

namespace MemoryWatch.Tool.Inspect;

/// <summary>What was given to inspect: a black box, or text. Its content tells which.</summary>
internal sealed class InspectInput : IDisposable
{
    /// <summary>Far more than anybody pastes, and more than any black box.</summary>
    private const int MostBytes = 64 << 20;

    private InspectInput(Stream bytes, bool isBox) => (Bytes, IsBox) = (bytes, isBox);

    /// <summary>The content; it can be read again.</summary>
    public Stream Bytes { get; }

    public bool IsBox { get; }

    /// <exception cref="UnreadableException">It cannot be read.</exception>
    public static InspectInput Open(Shell shell, string? path, string name)
    {
        var bytes = path is null ? Copy(shell, name) : shell.Open(path);
        try
        {
            var beginning = new byte[16];
            var length = bytes.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
            bytes.Position = 0;
            if (length == 0)
            {
                throw new UnreadableException($"{name} is empty");
            }

            var isBox = BoxFile.IsBox(beginning.AsSpan(0, length));
            if (!isBox && bytes.Length > MostBytes)
            {
                throw new UnreadableException($"{name} is no black box, and too large for pasted lines: {MemoryText.Limit(bytes.Length)}. 'memorywatch analyze' reads whole logs");
            }

            return new(bytes, isBox);
        }
        catch (IOException e)
        {
            bytes.Dispose();
            throw new UnreadableException($"{name} cannot be read: {e.Message}");
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>The content as text.</summary>
    /// <exception cref="UnreadableException">It is no text.</exception>
    public string ReadText()
    {
        Bytes.Position = 0;
        using var reader = new StreamReader(Bytes, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        return reader.ReadToEnd();
    }

    public void Dispose() => Bytes.Dispose();

    private static MemoryStream Copy(Shell shell, string name)
    {
        using var input = shell.Input();
        var copy = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (var got = input.Read(buffer); got > 0; got = input.Read(buffer))
        {
            copy.Write(buffer, 0, got);
            if (copy.Length > MostBytes)
            {
                throw new UnreadableException($"{name} is too large: more than {MemoryText.Limit(MostBytes)}. 'memorywatch analyze' reads whole logs");
            }
        }

        copy.Position = 0;
        return copy;
    }
}
