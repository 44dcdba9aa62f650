using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MemoryWatch.AspNetCore.Page.Access;

/// <summary>
/// The cookie of a browser that has entered the key: the time until which it is valid, signed with the key. The server keeps nothing, so it is
/// valid after a restart, and until the key changes.
/// </summary>
internal static class Session
{
    public const string Cookie = "memorywatch";

    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public static void Start(HttpContext context, AccessKey key, TimeProvider time)
    {
        var until = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        context.Response.Cookies.Append(Cookie, $"{until}.{Signature(key, until)}", new()
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps || !DirectRequest.IsLoopbackName(context.Request.Host.Host),
            SameSite = SameSiteMode.Strict,

            // Without a path, the cookie is for the folder of the form: the page and what is below it, whatever a proxy calls them.
            Path = null,
            MaxAge = Lifetime,
            IsEssential = true,
        });
    }

    public static bool IsValid(HttpContext context, AccessKey key, TimeProvider time)
    {
        if (context.Request.Cookies[Cookie] is not { Length: < 200 } value || value.Split('.') is not [var until, var signature])
        {
            return false;
        }

        return long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(Signature(key, until)), Encoding.UTF8.GetBytes(signature))
            && seconds > time.GetUtcNow().ToUnixTimeSeconds();
    }

    private static string Signature(AccessKey key, string until) =>
        Convert.ToHexString(key.Sign($"MemoryWatch session until {until}"));
}
