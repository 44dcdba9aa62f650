using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MemoryWatch.Tests.Docs;

/// <summary>Members and types as they are declared in C#, without <c>public</c>.</summary>
internal static class ApiSignature
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<string, string> Operators = new()
    {
        ["op_Equality"] = "==", ["op_Inequality"] = "!=", ["op_LessThan"] = "<", ["op_LessThanOrEqual"] = "<=", ["op_GreaterThan"] = ">",
        ["op_GreaterThanOrEqual"] = ">=",
    };

    public static string Of(MemberInfo member) => member switch
    {
        FieldInfo { IsLiteral: true } field => $"const {ApiName.Of(field.FieldType)} {field.Name} = {Value(field.GetRawConstantValue(), field.FieldType)}",
        FieldInfo field => $"{Static(field.IsStatic)}readonly {ApiName.Of(field.FieldType)} {field.Name}",
        PropertyInfo property => Property(property),
        ConstructorInfo constructor => $"{ApiName.Plain(constructor.DeclaringType!)}({Parameters(constructor)})",
        MethodInfo { Name: "op_Implicit" } method => $"static implicit operator {ApiName.Of(method.ReturnType)}({Parameters(method)})",
        MethodInfo method => Method(method),
        _ => throw new ArgumentOutOfRangeException(nameof(member), member, "The public API has no such member yet."),
    };

    public static string Of(Type type)
    {
        var bases = Bases(type).Select(ApiName.Of).ToList();
        return $"{Kind(type)} {ApiName.Of(type)}{(bases.Count > 0 ? " : " : string.Empty)}{string.Join(", ", bases)}";
    }

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : type.IsValueType ? (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : string.Empty) + (IsRecord(type) ? "record struct" : "struct")
        : (type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : string.Empty) + (IsRecord(type) ? "record" : "class");

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null;

    /// <summary>The base and the interfaces that say how to use a type; equality goes without saying.</summary>
    private static IEnumerable<Type> Bases(Type type)
    {
        if (type.IsEnum)
        {
            return [];
        }

        var interfaces = type.GetInterfaces();
        return new[] { type.BaseType! }.Where(b => b is not null && b != typeof(object) && b != typeof(ValueType))
            .Concat(interfaces.Where(i => i.Name != "IEquatable`1" && !interfaces.Any(other => other.GetInterfaces().Contains(i))))
            .Where(b => b.IsVisible);
    }

    private static string Property(PropertyInfo property)
    {
        var accessor = property.GetMethod ?? property.SetMethod!;
        var name = property.GetIndexParameters() is { Length: > 0 } index ? $"this[{string.Join(", ", index.Select(Parameter))}]" : property.Name;
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : string.Empty;
        var set = property.SetMethod is not { IsPublic: true } setter ? string.Empty
            : setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; ";
        return $"{Static(accessor.IsStatic)}{required}{ApiName.Of(property.PropertyType, Nullability.Create(property))} {name} {{ get; {set}}}";
    }

    private static string Method(MethodInfo method)
    {
        var returned = ApiName.Of(method.ReturnType, Nullability.Create(method.ReturnParameter));
        var name = Operators.TryGetValue(method.Name, out var symbol) ? $"operator {symbol}" : method.Name;
        var arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(ApiName.Of))}>" : string.Empty;
        return $"{Static(method.IsStatic)}{returned} {name}{arguments}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method)
    {
        var extends = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : string.Empty;
        return extends + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var prefix = parameter.IsOut ? "out "
            : parameter.ParameterType.IsByRef ? "in "
            : parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : string.Empty;
        var suffix = parameter.HasDefaultValue ? $" = {Value(parameter.DefaultValue, parameter.ParameterType)}" : string.Empty;
        return $"{prefix}{ApiName.Of(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{suffix}";
    }

    private static string Value(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ when type.IsEnum => $"{type.Name}.{Enum.ToObject(type, value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Static(bool isStatic) => isStatic ? "static " : string.Empty;
}
