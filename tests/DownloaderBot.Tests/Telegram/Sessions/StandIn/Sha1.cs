using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace DownloaderBot.Tests.Telegram.Sessions.StandIn;

/// <summary>The hash of MTProto's key exchange, which is older than the doubts about it.</summary>
[SuppressMessage("Security", "CA5350", Justification = "The protocol says so.")]
internal static class Sha1
{
    public static byte[] Hash(ReadOnlySpan<byte> data) => SHA1.HashData(data);

    public static SHA1 Create() => SHA1.Create();
}
