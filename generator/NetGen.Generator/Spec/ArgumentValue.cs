using System.Globalization;

namespace NetGen.Generator;

/// <summary>A constant of an attribute argument. A text may be an expression over a block's symbols; the layer that reads it decides.</summary>
internal abstract record ArgumentValue;

internal sealed record IntegerValue(long Value) : ArgumentValue
{
    public override string ToString() => this.Value.ToString(CultureInfo.InvariantCulture);
}

internal sealed record NumberValue(double Value) : ArgumentValue
{
    public override string ToString() => this.Value.ToString("R", CultureInfo.InvariantCulture);
}

internal sealed record BooleanValue(bool Value) : ArgumentValue
{
    public override string ToString() => this.Value ? "true" : "false";
}

internal sealed record TextValue(string Value) : ArgumentValue
{
    public override string ToString() => "\"" + this.Value + "\"";
}

/// <summary>An enum member, by name: <c>Activation.ReLU</c>.</summary>
internal sealed record EnumValue(string Type, string Member) : ArgumentValue
{
    /// <summary>The namespace or type around an enum that is not one of NetGen's; null for those, and in expressions, which name no namespaces.</summary>
    public string? Container { get; init; }

    /// <summary>The enum as it is told from others of its name.</summary>
    public string FullType => this.Container is null ? this.Type : this.Container + "." + this.Type;

    /// <summary>Whether the enum has a member of the value; where it has none, its number stands for it.</summary>
    public bool IsDefined => this.Member.Length == 0 || !(char.IsDigit(this.Member[0]) || this.Member[0] == '-');

    public override string ToString() => this.IsDefined ? this.FullType + "." + this.Member : $"({this.FullType}){this.Member}";
}

internal sealed record ArrayValue(EquatableArray<ArgumentValue> Items) : ArgumentValue
{
    public override string ToString() => "[" + string.Join(", ", this.Items) + "]";
}
