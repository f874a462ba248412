namespace NetGen.Generator;

/// <summary>
/// A kernel that the runtime library has ready: movements of data, which a specialised form would not make faster, and ops that are rare or have no tiled
/// form yet. Steps call it themselves.
/// </summary>
/// <param name="Method">The method: of <c>NetGen.Packing</c>, or with its class's name before it.</param>
/// <param name="Arguments">Its sizes.</param>
/// <param name="Formula">What it does.</param>
internal sealed record RuntimeKernel(string Method, EquatableArray<Dim> Arguments, string Formula) : Kernel
{
    /// <summary>Y = X of some floats, by one part.</summary>
    public static RuntimeKernel Copy(Dim length) => new("Copy", EquatableArray.Of(length), $"Y = X, {length} floats.");

    /// <summary>The inputs' names.</summary>
    public EquatableArray<string> Inputs { get; init; } = EquatableArray.Of("x");

    /// <summary>The outputs' names.</summary>
    public EquatableArray<string> Outputs { get; init; } = EquatableArray.Of("y");

    /// <summary>The rows that threads share, each of which reads and writes its own part of the first input and of the outputs; null where one part does all.</summary>
    public Dim? Rows { get; init; }

    /// <summary>The panels that threads share, each of which is written or read by one part; null where no panels are shared.</summary>
    public Dim? Panels { get; init; }

    public override string Name => this.Method.Replace('.', '_') + "_" + string.Concat(string.Join("x", this.Arguments).Select(c => char.IsLetterOrDigit(c) ? c : '_'));

    public override string Summary => this.Formula;

    public override IReadOnlyList<KernelOperand> Operands =>
    [
        .. this.Inputs.Select((name, i) => new KernelOperand(name, this.Rows is not null && i == 0 ? Access.ReadOwn : Access.ReadAll)),
        .. this.Outputs.Select(name => new KernelOperand(name, this.Rows is null ? Access.WriteScattered : Access.WriteOwn)),
    ];

    public override IReadOnlyList<string> Sizes => SizeNames.Of(this.Arguments);

    public override Dim? Units => this.Rows ?? this.Panels;

    // What the summary says of the shapes does not change the method.
    public bool Equals(RuntimeKernel? other) =>
        other is not null && this.Method == other.Method && this.Arguments == other.Arguments && this.Inputs == other.Inputs && this.Outputs == other.Outputs && this.Rows is null == other.Rows is null && this.Panels == other.Panels;

    public override int GetHashCode() => unchecked((StringComparer.Ordinal.GetHashCode(this.Method) * 31) + this.Arguments.GetHashCode());

    public override string Call(IReadOnlyList<string> references, IReadOnlyList<string> range) =>
        $"{(this.Method.Contains('.') ? this.Method : "Packing." + this.Method)}({string.Join(", ", references.Concat(this.Arguments.Select(Literal.Size)).Concat(range))})";

    public override void Emit(CodeWriter code, EmitOptions options)
    {
    }
}
