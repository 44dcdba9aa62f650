using System.Security.Cryptography;
using System.Text;

namespace MemoryWatch.AspNetCore.Page.Access;

/// <summary>The key with which one enters the page.</summary>
/// <param name="text">The key.</param>
/// <param name="isConfigured">Whether the operator or the program chose it, so that it must not be logged.</param>
internal sealed class AccessKey(string text, bool isConfigured)
{
    // 26 characters of 32 kinds are 130 bits.
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int Length = 26;

    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));

    public string Text { get; } = text;

    public bool IsConfigured { get; } = isConfigured;

    /// <summary>Why it is valid for this run only; <see langword="null"/> if it stays the same.</summary>
    public string? Problem { get; init; }

    public static string Random() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>Compares hashes, so that the time says nothing about the key or its length.</summary>
    public bool Is(string? typed) =>
        CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(Encoding.UTF8.GetBytes(typed ?? string.Empty)));

    /// <summary>Signs a text. Signatures are valid as long as the key is.</summary>
    public byte[] Sign(string text) => HMACSHA256.HashData(_hash, Encoding.UTF8.GetBytes(text));
}
