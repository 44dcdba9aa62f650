using System.Reflection;

namespace MemoryWatch.Tests.Docs;

/// <summary>Types as they are written in C#.</summary>
internal static class ApiName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(int)] = "int", [typeof(long)] = "long",
        [typeof(double)] = "double", [typeof(string)] = "string", [typeof(object)] = "object", [typeof(char)] = "char",
    };

    /// <summary>The name of a type, with its type arguments.</summary>
    public static string Of(Type type) =>
        Keywords.TryGetValue(type, out var keyword) ? keyword
        : Nullable.GetUnderlyingType(type) is { } value ? Of(value) + "?"
        : type.IsByRef ? Of(type.GetElementType()!)
        : type.IsArray ? Of(type.GetElementType()!) + "[]"
        : type.IsGenericType ? $"{Plain(type)}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>"
        : type.Name;

    /// <summary>The name of a type with its type arguments, and with a question mark wherever it may be null.</summary>
    public static string Of(Type type, NullabilityInfo info)
    {
        // A type parameter may stand for a type that may be null, which says nothing.
        var mark = type is { IsValueType: false, IsGenericParameter: false } && info.ReadState == NullabilityState.Nullable ? "?" : string.Empty;
        if (type.IsByRef || type.IsGenericParameter || Nullable.GetUnderlyingType(type) is not null || info.GenericTypeArguments.Length == 0)
        {
            return Of(type) + mark;
        }

        var arguments = type.GetGenericArguments().Select((argument, i) => Of(argument, info.GenericTypeArguments[i]));
        return $"{Plain(type)}<{string.Join(", ", arguments)}>{mark}";
    }

    /// <summary>The name of a type without its type arguments.</summary>
    public static string Plain(Type type) => type.Name.Split('`')[0];
}
