using System.Security.Cryptography;
using System.Text;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>The keys that follow from <see cref="TelegramSessionOptions.SessionKey"/>; one for each use, and no text form.</summary>
internal sealed class SessionKey(TelegramSessionOptions options)
{
    public const int IdBytes = 8;

    /// <summary>Says which key a file was encrypted with, and nothing about the key.</summary>
    public byte[] Id { get; } = Derive(options, "id", IdBytes);

    /// <summary>For the files.</summary>
    public byte[] ForFiles { get; } = Derive(options, "files", 32);

    /// <summary>The library encrypts what it wants kept, and insists on a key; without one it would take the API hash.</summary>
    public string ForLibrary { get; } = Convert.ToHexString(Derive(options, "library", 32));

    private static byte[] Derive(TelegramSessionOptions options, string purpose, int bytes) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, options.SessionKey, bytes, info: Encoding.UTF8.GetBytes($"DownloaderBot Telegram session {purpose}"));
}
