using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// What a program is called with: memory, sizes and its part of the work. Emitted code gets references out of it; the pointers stay in here, where the runtime
/// keeps what they point to alive and in place for the duration of the call.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct Frame
{
    /// <summary>The most inputs, outputs or run-time sizes that a network may have.</summary>
    internal const int Most = 16;

    internal float* WeightsPointer;
    internal float* PreparedPointer;
    internal float* GradientsPointer;
    internal float* ArenaPointer;
    internal float* StatePointer;
    internal float* HistoryPointer;

    /// <summary>Where inference takes over what layers with <c>Stateful</c> keep, of all samples of the call; null where it begins at zeros.</summary>
    internal float* CarriedPointer;

    /// <summary>The samples of the call.</summary>
    internal int CarriedSamples;
    internal Table Inputs;
    internal Table Outputs;
    internal Table OutputGradients;
    internal Table SizeValues;
    internal ulong LiveToggles;
    internal ulong FusedOutputs;
    internal int Part;
    internal int Parts;
    internal TeamBarrier? Barrier;
    internal ParameterSource? Parameters;

    /// <summary>The key of all random numbers of the run.</summary>
    public ulong Seed { get; internal set; }

    /// <summary>The training step, from which each step's random numbers follow; of a stream the number of the call, by which kernels take turns.</summary>
    public uint Step { get; internal set; }

    /// <summary>The first of the master weights.</summary>
    public readonly ref float Weights => ref *this.WeightsPointer;

    /// <summary>The first element of a parameter, for inference's Prepare alone: wherever the parameter lies, or read from a file just now.</summary>
    public readonly ref float Parameter(int index) => ref *this.Parameters!.Get(index);

    /// <summary>Says that Prepare reads some parameters no more.</summary>
    public readonly void Release(params ReadOnlySpan<int> indices)
    {
        foreach (int index in indices)
        {
            this.Parameters!.Release(index);
        }
    }

    /// <summary>The first of what Prepare made.</summary>
    public readonly ref float Prepared => ref *this.PreparedPointer;

    /// <summary>The first of the weights' gradients.</summary>
    public readonly ref float Gradients => ref *this.GradientsPointer;

    /// <summary>The first of the scratch memory.</summary>
    public readonly ref float Arena => ref *this.ArenaPointer;

    /// <summary>The first of what is taken over from one call to the next.</summary>
    public readonly ref float State => ref *this.StatePointer;

    /// <summary>The first of what a stream adds to in each call.</summary>
    public readonly ref float History => ref *this.HistoryPointer;

    /// <summary>The first element of an input; behind the inputs come the lengths of the samples along each time.</summary>
    public readonly ref float Input(int index) => ref *(float*)this.Inputs[index];

    /// <summary>The first element of an output; in training, behind the outputs come the logits of those that end in softmax or sigmoid.</summary>
    public readonly ref float Output(int index) => ref *(float*)this.Outputs[index];

    /// <summary>The first element of an output's gradient; behind the outputs' come those of the logits.</summary>
    public readonly ref float OutputGradient(int index) => ref *(float*)this.OutputGradients[index];

    /// <summary>A run-time size: 0 is the batch, then the times; of a stream that counts its calls, then the past ones and those there is room for.</summary>
    public readonly nint Size(int index) => this.SizeValues[index];

    /// <summary>Whether a toggle is live.</summary>
    public readonly bool IsLive(int toggle) => (this.LiveToggles >> toggle & 1) != 0;

    /// <summary>Whether any of some toggles, a bit each, is live.</summary>
    public readonly bool IsAnyLive(ulong toggles) => (this.LiveToggles & toggles) != 0;

    /// <summary>1 where a toggle is live, else 0, as a value of the graph.</summary>
    public readonly ref float Toggle(int toggle) => ref this.IsLive(toggle) ? ref Numbers.Reference : ref Unsafe.Add(ref Numbers.Reference, 1);

    private static readonly NativeBuffer Numbers = MakeNumbers();

    private static NativeBuffer MakeNumbers()
    {
        NativeBuffer numbers = new(2);
        numbers.Reference = 1;
        return numbers;
    }

    /// <summary>Whether the loss gave the gradient of an output's logits at once.</summary>
    public readonly bool IsFused(int output) => (this.FusedOutputs >> output & 1) != 0;

    /// <summary>This part's share of some units of work; false if it has none.</summary>
    public readonly bool Split(nint units, out nint start, out nint end)
    {
        if (this.Parts == 1)
        {
            (start, end) = (0, units);
        }
        else
        {
            start = units * this.Part / this.Parts;
            end = units * (this.Part + 1) / this.Parts;
        }

        return start < end;
    }

    /// <summary>Waits until all parts have come here, and gives this part's share of some units of work; false if it has none.</summary>
    public readonly bool Sync(nint units, out nint start, out nint end)
    {
        this.Sync();
        return this.Split(units, out start, out end);
    }

    /// <summary>
    /// This part's share of some units of work before a barrier, of which others take what it has not begun when they are done with theirs.
    /// </summary>
    /// <param name="units">How many there are.</param>
    /// <param name="grain">How many one call takes at least: pieces begin at its multiples.</param>
    public readonly WorkShare Share(nint units, int grain)
    {
        this.Split(units, out nint start, out nint end);
        return this.Parts == 1 || units <= (nint)grain * this.Parts || units > int.MaxValue / 2
            ? new WorkShare(start, end)
            : new WorkShare(this.Barrier!.Shares, this.Part, this.Parts, (int)start, (int)end, grain);
    }

    /// <summary>Waits until all parts have come here, and gives this part's share of some units of work before another barrier.</summary>
    /// <inheritdoc cref="Share"/>
    public readonly WorkShare Sync(nint units, int grain)
    {
        this.Sync();
        return this.Share(units, grain);
    }

    /// <summary>Which part this is, from 0.</summary>
    public readonly nint PartIndex => this.Part;

    /// <summary>How many parts there are, or at most will be.</summary>
    public readonly nint PartCount => this.Parts;

    /// <summary>Whether this part does what is not shared.</summary>
    public readonly bool IsFirst => this.Part == 0;

    /// <summary>Waits until all parts have come here.</summary>
    public readonly void Sync()
    {
        if (this.Parts > 1)
        {
            this.Barrier!.Sync();
        }
    }

    /// <summary>
    /// Pointers or sizes by number. It is no inline array: each way of reaching into one is a method of its own, which the JIT compiles at every start of a process.
    /// </summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Table
    {
        private nint first;
        private Rest rest;

        [UnscopedRef]
        public readonly ref nint this[int index]
        {
            get
            {
                if ((uint)index >= Most)
                {
                    throw new ArgumentOutOfRangeException(nameof(index));
                }

                return ref Unsafe.Add(ref Unsafe.AsRef(in this.first), index);
            }
        }

        [InlineArray(Most - 1)]
        private struct Rest
        {
            private nint second;
        }
    }
}
