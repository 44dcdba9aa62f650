using System.Buffers.Binary;

namespace DownloaderBot.Tests.Telegram.Sessions.StandIn;

/// <summary>What a key exchange leaves on the server: the shared key, and who logged in with it.</summary>
internal sealed class AuthKey(byte[] key, long salt)
{
    public byte[] Key { get; } = key;

    public long Id { get; } = BinaryPrimitives.ReadInt64LittleEndian(Sha1.Hash(key).AsSpan(12));

    public long Salt { get; set; } = salt;

    /// <summary>The account, once logged in.</summary>
    public StandInAccount? Account { get; set; }
}
