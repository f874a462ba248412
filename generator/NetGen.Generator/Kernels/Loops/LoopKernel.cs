namespace NetGen.Generator;

/// <summary>
/// A loop over time in the schedule: it has no method of its own, its body is a list of steps. One part runs it, so the body's steps neither split nor wait.
/// </summary>
/// <param name="Time">How often the body runs.</param>
/// <param name="IsReverse">Whether time runs from the end to the start.</param>
/// <param name="Body">The steps of one time.</param>
internal sealed record LoopKernel(Dim Time, bool IsReverse, EquatableArray<Step> Body) : Kernel
{
    /// <summary>The symbol of the present time in the body's sizes.</summary>
    public static readonly Dim At = Dim.Time("at");

    public override string Name => "Loop";

    public override string Summary => $"{this.Time} times{(this.IsReverse ? ", backwards" : "")}.";

    public override IReadOnlyList<KernelOperand> Operands =>
        [.. this.Body.SelectMany(s => s.Kernel.Operands).Select(o => o with { Access = o.Access is Access.ReadOwn or Access.ReadAll ? Access.ReadAll : Access.WriteScattered })];

    public override IReadOnlyList<string> Sizes => [];

    public override Dim? Units => null;

    public override Dim Work => this.Body.Aggregate((Dim)0, (a, s) => a.Scale == 0 ? s.Kernel.Work : a.Symbols == s.Kernel.Work.Symbols ? a with { Scale = a.Scale + s.Kernel.Work.Scale } : a) * this.Time;

    public override void Emit(CodeWriter code, EmitOptions options) => throw new NotSupportedException("A loop is printed where it stands.");
}
