using System.IO.Compression;
using TL;

namespace DownloaderBot.Tests.Telegram.Sessions.StandIn;

/// <summary>What the server does about a call.</summary>
internal abstract record Answer
{
    /// <summary>Never answers.</summary>
    public static Answer Silence { get; } = new SilenceAnswer();

    /// <summary>Breaks the connection that the call came by.</summary>
    public static Answer Cut { get; } = new CutAnswer();

    public static Answer Of(IObject result) => new ResultAnswer(writer => writer.WriteTLObject(result));

    public static Answer Of(bool result) => new ResultAnswer(writer => writer.Write(result ? 0x997275B5 : 0xBC799737));

    public static Answer OfMany(params IObject[] results) => new ResultAnswer(writer =>
    {
        writer.Write(0x1CB5C415);
        writer.Write(results.Length);
        foreach (var result in results)
        {
            writer.WriteTLObject(result);
        }
    });

    /// <summary>Compressed, as servers do with what is large.</summary>
    public static Answer Zipped(IObject result) => new ResultAnswer(writer =>
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(result.ToBytes());
        }

        writer.WriteTLObject(new GzipPacked { packed_data = packed.ToArray() });
    });

    public static Answer Error(int code, string message) => Of(new RpcError { error_code = code, error_message = message });

    internal sealed record ResultAnswer(Action<BinaryWriter> Write) : Answer;

    internal sealed record SilenceAnswer : Answer;

    internal sealed record CutAnswer : Answer;
}
