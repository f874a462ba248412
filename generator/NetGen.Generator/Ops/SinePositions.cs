namespace NetGen.Generator;

/// <summary>Y[t, i] = sin((start + t) w) of even features and cos((start + t) w) of odd ones, with w = wavelength^(-2 floor(i / 2) / size).</summary>
internal sealed record SinePositions(Dim Start, Dim Time, int Size, long Wavelength) : Op
{
    public override string Name => "SinePositions";

    protected override string Arguments => $"{(this.Start == 0 ? "" : $"from {this.Start}, ")}{this.Time}, {this.Size}, wavelength={this.Wavelength}";

    public override TensorType[] Infer(TensorType[] inputs) => [TensorType.Float(Shape.Of(this.Time, this.Size))];

    public override Value?[] Differentiate(GradientContext context) => [];

    public override Value[] Stream(StreamContext context) => context.Apply(context.HasTime(this.Time) ? this with { Start = context.Past(this.Time), Time = context.Now(this.Time) } : this);

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        int time = checked((int)this.Time.Evaluate(context.Sizes));
        long start = this.Start.Evaluate(context.Sizes);
        double Wave(int t, int i)
        {
            double angle = (start + t) * Math.Pow(this.Wavelength, -2.0 * (i / 2) / this.Size);
            return i % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
        }

        return [new DoubleTensor([time, this.Size], [.. Enumerable.Range(0, time).SelectMany(t => Enumerable.Range(0, this.Size).Select(i => Wave(t, i)))])];
    }
}
