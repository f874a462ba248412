namespace NetGen.Generator;

/// <summary>
/// A network as its author wrote it: the type and the tape of attributes, in order. It compares by value and holds no symbol,
/// syntax, location or compilation, because the incremental cache cuts here: an edit that leaves the model equal re-runs nothing.
/// </summary>
/// <param name="Type">The partial class that carries the attributes.</param>
/// <param name="Options">The arguments of <c>[Network(...)]</c>.</param>
/// <param name="Elements">Layers and blocks in the order of the source.</param>
internal sealed record ModelSpec(TypeSpec Type, EquatableArray<ArgumentSpec> Options, EquatableArray<ElementSpec> Elements);

/// <summary>Where the generated part must go.</summary>
/// <param name="Namespace">The full name, or an empty string for the global namespace.</param>
/// <param name="Containers">Enclosing types from the outermost, as declared without modifiers: <c>class Outer</c>.</param>
/// <param name="Name">The class's own name; this and the others have an @ before what is a keyword, as the generated part must write it.</param>
/// <param name="Accessibility">The keyword: <c>public</c>, <c>internal</c>, <c>private</c>, ...</param>
/// <param name="IsSealed">Whether the author's part says sealed.</param>
internal sealed record TypeSpec(string Namespace, EquatableArray<string> Containers, string Name, string Accessibility, bool IsSealed)
{
    /// <summary>Unique within a compilation; the hint name of the generated files is made from it.</summary>
    public string FullName => string.Join(".", new[] { this.Namespace }.Concat(this.Containers.Select(c => c.Split(' ').Last())).Append(this.Name).Where(p => p.Length > 0));
}

/// <summary>One attribute of the tape.</summary>
/// <param name="Kind">The attribute's name without the suffix: <c>Dense</c>, <c>Input</c>, <c>Bottleneck</c>, <c>Ops.Where</c>.</param>
/// <param name="Arguments">What was given; absent arguments have the layer's defaults.</param>
/// <param name="Attribute">
/// The index of the attribute on the user's class; elements inside a block carry the index of the block's attribute,
/// so that a problem inside is reported on what the user wrote.
/// </param>
internal abstract record ElementSpec(string Kind, EquatableArray<ArgumentSpec> Arguments, int Attribute)
{
    public ArgumentSpec? Find(string name)
    {
        foreach (ArgumentSpec argument in this.Arguments)
        {
            if (argument.Name == name)
            {
                return argument;
            }
        }

        return null;
    }
}

/// <summary>A layer, or one of the tape's own words (Input, Output, Reuse, Decode).</summary>
internal sealed record LayerSpec(string Kind, EquatableArray<ArgumentSpec> Arguments, int Attribute) : ElementSpec(Kind, Arguments, Attribute);

/// <summary>A block: an attribute made of attributes.</summary>
/// <param name="Kind">The block attribute's name without the suffix.</param>
/// <param name="Arguments">The constructor's arguments under their parameters' names in Pascal case, and the modifiers (Name, Repeat, When, Trainable, ...).</param>
/// <param name="Attribute">See <see cref="ElementSpec"/>.</param>
/// <param name="Parameters">The symbols of the body's expressions, with their defaults.</param>
/// <param name="Body">The attributes on the block's own class.</param>
internal sealed record BlockSpec(
    string Kind,
    EquatableArray<ArgumentSpec> Arguments,
    int Attribute,
    EquatableArray<BlockParameter> Parameters,
    EquatableArray<ElementSpec> Body) : ElementSpec(Kind, Arguments, Attribute);

/// <summary>A parameter of a block's constructor: the symbol's name as declared (<c>filters</c>), its default, if it has one, and whether its type is string.</summary>
/// <param name="Name">As declared.</param>
/// <param name="Default">Null where it must be given.</param>
/// <param name="IsText">A string parameter takes a text as it is (with its <c>{expressions}</c> replaced); for others a text is an expression.</param>
internal sealed record BlockParameter(string Name, ArgumentValue? Default, bool IsText = false);

/// <summary>An argument under its Pascal-case name (<c>units</c> and <c>Units</c> are both <c>Units</c>).</summary>
internal sealed record ArgumentSpec(string Name, ArgumentValue Value);
