using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace MemoryWatch.AspNetCore.Page.Access;

/// <summary>Reads the posted key, from a few bytes at most.</summary>
internal static class KeyForm
{
    private const string Field = "key";
    private const int MostBytes = 4096;

    /// <returns>The key; <see langword="null"/> if the body contains none.</returns>
    public static async Task<string?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MostBytes)
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MostBytes;
        }

        try
        {
            using var form = new FormReader(context.Request.Body, Encoding.UTF8) { ValueCountLimit = 4, KeyLengthLimit = 16, ValueLengthLimit = 1024 };
            var fields = await form.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
            return fields.TryGetValue(Field, out var value) ? value.ToString() : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // Not a form, or too long for one.
            return null;
        }
    }
}
