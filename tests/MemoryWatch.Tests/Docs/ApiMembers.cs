using System.Reflection;
using System.Runtime.CompilerServices;

namespace MemoryWatch.Tests.Docs;

/// <summary>The members that a type declares for its users, in the order in which a reader looks for them.</summary>
internal static class ApiMembers
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<MemberInfo> Of(Type type)
    {
        IEnumerable<MemberInfo> constants = type.GetFields(Declared).OrderByDescending(field => field.IsLiteral).ThenBy(field => field.Name, StringComparer.Ordinal);
        IEnumerable<MemberInfo> constructors = type.GetConstructors().Where(constructor => constructor.GetParameters().Length > 0);
        IEnumerable<MemberInfo> properties = type.GetProperties(Declared).Where(p => p.GetMethod?.IsPublic == true).OrderBy(p => p.Name, StringComparer.Ordinal);
        IEnumerable<MemberInfo> methods = type.GetMethods(Declared)
            .Where(method => (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !method.IsDefined(typeof(CompilerGeneratedAttribute)))
            .OrderBy(method => method.IsSpecialName).ThenBy(method => method.Name, StringComparer.Ordinal).ThenBy(method => method.ToString(), StringComparer.Ordinal);
        return [.. constants, .. constructors, .. properties, .. methods];
    }
}
