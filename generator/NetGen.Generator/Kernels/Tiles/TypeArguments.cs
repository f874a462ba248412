namespace NetGen.Generator;

/// <summary>
/// What tiles and the loops around them are given as types: the JIT compiles a method for each struct that stands in for a type parameter, and what the struct says is a
/// constant or inlined there. So one text serves all of them, and the code is as if it had been written for each.
/// </summary>
internal static class TypeArguments
{
    public const string Distance = "TDistance";

    public const string Epilogue = "TEpilogue";

    /// <summary>In angle brackets, or nothing.</summary>
    public static string List(IReadOnlyList<string> types) => types.Count == 0 ? "" : $"<{string.Join(", ", types)}>";

    /// <summary>What the parameters must be, behind a method's head.</summary>
    public static string Constraints(IReadOnlyList<string> parameters, Epilogue epilogue) =>
        string.Concat(parameters.Select(p => $" where {p} : struct, {(p == Distance ? DistanceInterface.Instance.Name : new EpilogueInterface(epilogue.Operands.Count).Name)}"));
}

/// <summary>A number of floats as a type.</summary>
internal sealed record DistanceInterface : ITile
{
    public static readonly DistanceInterface Instance = new();

    public string Name => "IDistance";

    public void Emit(CodeWriter code, EmitOptions options)
    {
        code.Line();
        code.Line("/// <summary>A number of floats, as a type: a constant to the JIT.</summary>");
        using (code.Braces($"private interface {this.Name}"))
        {
            code.Line("static abstract nint Floats { get; }");
        }
    }
}

/// <summary>A certain number of floats.</summary>
internal sealed record DistanceType(int Floats) : ITile
{
    public string Name => "By" + Literal.Of(this.Floats);

    public void Emit(CodeWriter code, EmitOptions options)
    {
        code.Line();
        using (code.Braces($"private readonly struct {this.Name} : {DistanceInterface.Instance.Name}"))
        {
            code.Line($"public static nint Floats => {this.Floats};");
        }
    }
}

/// <summary>What happens to a product in registers, as a type.</summary>
/// <param name="Operands">How many operands there are beside the product.</param>
internal sealed record EpilogueInterface(int Operands) : ITile
{
    public string Name => "IEpilogue" + Literal.Of(this.Operands);

    /// <summary>The head of a path's method.</summary>
    public string Head(Isa isa) => $"{isa.Type} Of({string.Join(", ", Enumerable.Range(0, this.Operands + 1).Select(i => $"{isa.Type} x{i}"))})";

    public void Emit(CodeWriter code, EmitOptions options)
    {
        code.Line();
        code.Line("/// <summary>What happens to a product x0 in registers, as a type: the JIT inlines it.</summary>");
        using (code.Braces($"private interface {this.Name}"))
        {
            foreach (Isa isa in Isa.All)
            {
                code.Line($"static abstract {this.Head(isa)};");
            }
        }
    }
}

/// <summary>A certain epilogue.</summary>
internal sealed record EpilogueType(Epilogue Epilogue) : ITile
{
    public string Name => "Epilogue" + EpilogueNames.Of(this.Epilogue);

    public EpilogueInterface Interface => new(this.Epilogue.Operands.Count);

    public void Emit(CodeWriter code, EmitOptions options)
    {
        code.Line();
        code.Line($"/// <summary>{Kernel.Xml(this.Epilogue.Body.ToString())}.</summary>");
        using (code.Braces($"private readonly struct {this.Name} : {this.Interface.Name}"))
        {
            foreach (Isa isa in Isa.All)
            {
                code.Line("[MethodImpl(AggressiveInlining)]");
                using (code.Braces($"public static {this.Interface.Head(isa)}"))
                {
                    code.Line($"return {ExprEmitter.Emit(code, isa, [this.Epilogue.Body], i => "x" + Literal.Of(i), null, "t")[0]};");
                }
            }
        }
    }
}
