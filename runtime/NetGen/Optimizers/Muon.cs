using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace NetGen;

/// <summary>
/// Muon (Jordan et al., 2024; Liu et al., 2025): a matrix moves along its momentum made orthogonal. With <c>m = Momentum m + g</c> and <c>x = g + Momentum m</c> (or m, without
/// <see cref="Nesterov"/>), <c>w -= learningRate * sqrt(max(rows, columns)) * RmsRate * orthogonal(x)</c>, where a few steps of Newton and Schulz bring the singular values of x near 1:
/// <c>x = MuonA x + (MuonB A + MuonC A A) x</c> with <c>A = x xᵀ</c>, from <c>x / |x|</c> on.
/// </summary>
/// <remarks>
/// As in Keras other variables take the step of <see cref="AdamW"/>: those that have not two axes, embeddings unless <see cref="ExcludeEmbeddings"/> is false, and those that
/// <see cref="ExcludeLayers"/> names, among which the last layer should be.
/// </remarks>
public sealed class Muon : Optimizer
{
    private readonly Regex[] _excluded = [];

    /// <summary>Muon with the learning rate 0.001.</summary>
    public Muon() : this(0.001) { }

    /// <summary>Muon.</summary>
    /// <param name="learningRate">A number that is not negative, or a schedule.</param>
    public Muon(LearningRate learningRate) : base(learningRate) => WeightDecay = 0.004;

    /// <summary>The factor of the weight decay of matrices, or null for none; 0.004 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public override double? WeightDecay
    {
        get => base.WeightDecay;
        init => base.WeightDecay = value;
    }

    /// <summary>The factor of the weight decay of variables that take the step of AdamW, or null for none; 0.004 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double? AdamWeightDecay
    {
        get;
        init => field = value is { } decay ? Arguments.NotNegative(decay, nameof(AdamWeightDecay)) : null;
    } = 0.004;

    /// <summary>AdamW's <see cref="AdaptiveMoments.Beta1"/>: from 0 up to, but not including, 1; 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside.</exception>
    public double AdamBeta1
    {
        get;
        init => field = Arguments.Fraction(value, nameof(AdamBeta1));
    } = 0.9;

    /// <summary>AdamW's <see cref="AdaptiveMoments.Beta2"/>: from 0 up to, but not including, 1; 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside.</exception>
    public double AdamBeta2
    {
        get;
        init => field = Arguments.Fraction(value, nameof(AdamBeta2));
    } = 0.999;

    /// <summary>What multiplies the learning rate of AdamW's step (Keras's <c>adam_lr_ratio</c>); 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double AdamLearningRateRatio
    {
        get;
        init => field = Arguments.NotNegative(value, nameof(AdamLearningRateRatio));
    } = 1;

    /// <summary>AdamW's <see cref="AdaptiveMoments.Epsilon"/>; 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive as a float.</exception>
    public double Epsilon
    {
        get;
        init => field = Arguments.Epsilon(value, nameof(Epsilon));
    } = 1e-7;

    /// <summary>Regular expressions: a variable in whose name, such as <c>dense/kernel</c>, one of them is found takes the step of AdamW.</summary>
    /// <exception cref="ArgumentException">One of them is not well-formed.</exception>
    public IReadOnlyList<string> ExcludeLayers
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(ExcludeLayers));
            field = [.. value];
            _excluded = [.. field.Select(Expression)];
        }
    } = [];

    /// <summary>Whether variables with <c>embedding</c> in their names, in whatever case, take the step of AdamW; true by default.</summary>
    public bool ExcludeEmbeddings { get; init; } = true;

    /// <summary>The first coefficient of the iteration; 3.4445 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public double MuonA
    {
        get;
        init => field = Arguments.Finite(value, nameof(MuonA));
    } = 3.4445;

    /// <summary>The second coefficient of the iteration; -4.775 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public double MuonB
    {
        get;
        init => field = Arguments.Finite(value, nameof(MuonB));
    } = -4.775;

    /// <summary>The third coefficient of the iteration; 2.0315 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public double MuonC
    {
        get;
        init => field = Arguments.Finite(value, nameof(MuonC));
    } = 2.0315;

    /// <summary>How much of the last gradients goes on: from 0 to 1; 0.95 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside.</exception>
    public double Momentum
    {
        get;
        init => field = Arguments.UpToOne(value, nameof(Momentum));
    } = 0.95;

    /// <summary>The number of iterations; 5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int NsSteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(NsSteps));
            field = value;
        }
    } = 5;

    /// <summary>Whether momentum is Nesterov's; true by default.</summary>
    public bool Nesterov { get; init; } = true;

    /// <summary>
    /// The root mean square of a step at a learning rate of 1, which fits learning rates and weight decays of Adam (Liu et al., 2025); 0.2 by default, null for none of that and of the factor
    /// <c>sqrt(max(rows, columns))</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or not finite.</exception>
    public double? RmsRate
    {
        get;
        init => field = value is { } rate ? Arguments.Positive(rate, nameof(RmsRate)) : null;
    } = 0.2;

    /// <summary>False, for matrices are made orthogonal as wholes.</summary>
    public override bool IsElementwise => false;

    /// <summary><c>momentum</c>, and <c>velocity</c> of the variables that take the step of AdamW.</summary>
    public override IReadOnlyList<string> SlotNames => ["momentum", "velocity"];

    private protected override bool HasWeightDecay => base.HasWeightDecay || AdamWeightDecay is not (null or 0);

    /// <inheritdoc/>
    public override int[] SlotShape(int slot, ParameterInfo variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return slot == 0 || UsesAdamW(variable) ? variable.Shape.ToArray() : [0];
    }

    /// <summary>The correction of the bias in AdamW's step.</summary>
    protected internal override double StepFactor(long iteration)
        => Math.Sqrt(1 - Math.Pow(AdamBeta2, iteration + 1)) / (1 - Math.Pow(AdamBeta1, iteration + 1));

    /// <summary>The matrix, and what making it orthogonal needs.</summary>
    protected internal override int ScratchLength(ParameterInfo variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return UsesAdamW(variable) ? 0 : checked(variable.Count + OrthogonalScratch(variable.Shape[0], variable.Shape[1]));
    }

    /// <inheritdoc/>
    protected internal override unsafe void UpdateVariable(
        in UpdateContext context, ParameterInfo variable, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots, Span<float> scratch)
    {
        ArgumentNullException.ThrowIfNull(variable);
        Span<float> velocities = slots[1];
        fixed (float* w = weights, g = gradients, m = slots[0], v = velocities, x = scratch)
        {
            // That there is a velocity says that the step is AdamW's.
            if (!velocities.IsEmpty)
            {
                double rate = context.LearningRate * AdamLearningRateRatio * context.StepFactor;
                Lanes.Run(new AdamKernel(context, w, g, m, v, -(float)rate, (float)(1 - AdamBeta1), (float)(1 - AdamBeta2), (float)Epsilon), weights.Length);
                return;
            }
            Lanes.Run(new MomentumKernel(context, g, m, x, (float)Momentum, Nesterov), weights.Length);
            Orthogonalize(scratch[..weights.Length], variable.Shape[0], variable.Shape[1], scratch[weights.Length..]);
            Lanes.Run(new AddKernel(w, x, context.DecayFactor, -(float)(context.LearningRate * RateFactor(variable.Shape))), weights.Length);
        }
    }

    internal override double? WeightDecayOf(ParameterInfo variable) => UsesAdamW(variable) ? AdamWeightDecay : WeightDecay;

    /// <summary>What multiplies the learning rate of a matrix (Keras's <c>lr_adjust</c>).</summary>
    internal double RateFactor(ReadOnlySpan<int> shape) => RmsRate is { } rate ? Math.Sqrt(Math.Max(shape[0], shape[1])) * rate : 1;

    /// <summary>Brings the singular values of a matrix near 1 (Keras's <c>zeropower_via_newtonschulz5</c>).</summary>
    internal unsafe void Orthogonalize(Span<float> matrix, int rows, int columns, Span<float> scratch)
    {
        // The smaller side first, so that A is as small as can be.
        int small = Math.Min(rows, columns), large = Math.Max(rows, columns), length = matrix.Length;
        fixed (float* given = matrix, x = scratch)
        {
            float* other = x + length, a = other + length, b = a + (small * small);
            if (rows > columns) Matrices.Transpose(given, x, rows, columns);
            else matrix.CopyTo(scratch);
            Lanes.Run(new AddKernel(x, x, 0, (float)(1 / (Math.Sqrt(Sums.OfSquares(matrix)) + 1e-7))), length);
            for (int i = 0; i < NsSteps; i++)
            {
                Matrices.Transpose(x, other, small, large);
                Matrices.Multiply(x, other, a, small, large, small);
                Matrices.Multiply(a, a, b, small, small, small);
                Lanes.Run(new AddKernel(b, a, (float)MuonC, (float)MuonB), small * small);
                Matrices.Multiply(b, x, other, small, small, large);
                Lanes.Run(new AddKernel(x, other, (float)MuonA, 1), length);
            }
            if (rows > columns) Matrices.Transpose(x, given, columns, rows);
            else scratch[..length].CopyTo(matrix);
        }
    }

    /// <summary>How many floats <see cref="Orthogonalize"/> needs: the matrix twice, and A and its square.</summary>
    internal static int OrthogonalScratch(int rows, int columns) => checked(2 * ((rows * columns) + (Math.Min(rows, columns) * Math.Min(rows, columns))));

    private static Regex Expression(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant);
        }
        catch (RegexParseException e)
        {
            throw new ArgumentException($"\"{pattern}\" is no regular expression: {e.Message}", nameof(ExcludeLayers), e);
        }
    }

    private bool UsesAdamW(ParameterInfo variable)
    {
        if (variable.Shape.Length != 2 || (ExcludeEmbeddings && variable.Name.Contains("embedding", StringComparison.OrdinalIgnoreCase)))
            return true;
        // A loop and no lambda, which would allocate in each step.
        foreach (Regex pattern in _excluded)
        {
            if (pattern.IsMatch(variable.Name))
                return true;
        }
        return false;
    }

    private readonly unsafe struct MomentumKernel(UpdateContext context, float* g, float* m, float* x, float momentum, bool nesterov) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            TLanes gradient = context.LoadGradient<TLanes>(g + index);
            TLanes mean = TLanes.Flush(TLanes.MultiplyAdd(TLanes.Load(m + index), TLanes.Broadcast(momentum), gradient), Tiny.Motionless);
            TLanes.Store(mean, m + index);
            TLanes.Store(nesterov ? TLanes.MultiplyAdd(mean, TLanes.Broadcast(momentum), gradient) : mean, x + index);
        }
    }
}
