namespace NetGen;

/// <summary>
/// A network that takes its sequences step by step, for real-time use: after each call the outputs are what <c>Predict</c> would give for all steps so far; of an output
/// with a time, its newest steps. What lies between the calls is in here and not in the network, so any number of streams run beside each other.
/// </summary>
/// <remarks>
/// <para><see cref="Step(ReadOnlySpan{float}, Span{float})"/> allocates nothing, takes no lock and always does the same work: it may be called from an audio callback.</para>
/// <para>A stream reads the weights as they were when it was made, whatever a trainer does to them meanwhile.</para>
/// <para>A stream is used by one thread at a time; a call that finds another one under way throws and changes nothing.</para>
/// </remarks>
public sealed unsafe class InferenceStream : IDisposable
{
    private const int Idle = 0;
    private const int Busy = 1;
    private const int Disposed = 2;

    private readonly Network network;
    private readonly StreamPrograms programs;
    private readonly StreamProgram step;
    private readonly Prepared weights;
    private readonly int[] streamed;
    private readonly nint[] outputSizes;
    private NativeBuffer states;
    private NativeBuffer? spareStates;
    private NativeBuffer arena = new(0);

    /// <summary>What the setup gave: first what is the same in every step, then what states start as.</summary>
    private NativeBuffer[] given = [];

    private NativeBuffer?[] spareGiven = [];
    private Frame frame;
    private int use;

    internal InferenceStream(Network network, StreamPrograms programs, int samples)
    {
        this.network = network;
        this.programs = programs;
        this.step = programs.Step;
        this.Samples = samples;
        this.weights = network.CurrentWeights(programs.StepWeights);
        this.states = new NativeBuffer((nint)samples * this.step.StateFloats);
        this.streamed = [.. this.step.StreamedInputs];
        this.outputSizes = new nint[network.Definition.Outputs.Length];
        this.frame.Parts = 1;
    }

    /// <summary>How many sequences go side by side.</summary>
    public int Samples { get; }

    /// <summary>How many steps a call takes: 1, or what the strides of the network ask for; an output with a time then has fewer.</summary>
    public int Steps => this.step.Steps;

    /// <summary>Takes the next steps of a network with one streamed input and one output.</summary>
    /// <param name="input"><see cref="Samples"/> times <see cref="Steps"/> elements of the input, sample by sample.</param>
    /// <param name="output">Room for the output of each sample; of one with a time, for its newest steps.</param>
    /// <exception cref="ArgumentException">A span's length does not fit. Nothing has changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is outside the vocabulary. Nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in a call of this stream. Nothing has changed.</exception>
    /// <exception cref="ObjectDisposedException">The stream has been disposed of.</exception>
    public void Step(ReadOnlySpan<float> input, Span<float> output) => this.Step(new PredictCall { Input0 = input, Output0 = output });

    /// <summary>Takes the next steps of a network with several streamed inputs or outputs.</summary>
    /// <param name="call">The steps of the streamed inputs in their order on the tape, as its first inputs, and room for all outputs.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, Span{float})" path="/exception"/>
    public void Step(scoped in PredictCall call)
    {
        NetworkDefinition definition = this.network.Definition;
        this.Enter();
        try
        {
            for (int i = 0; i < PredictCall.Most; i++)
            {
                int input = i < this.streamed.Length ? this.streamed[i] : -1;
                PredictCall.Check(definition, input < 0 ? "input" : definition.Inputs[input].Name, "input", call.InputLength(i), input < 0 ? 0 : this.step.InputLength(i), this.Samples);
                PredictCall.Check(definition, i < this.outputSizes.Length ? definition.Outputs[i].Name : "output", "output", call.OutputLength(i), i < this.outputSizes.Length ? this.outputSizes[i] : 0, this.Samples);
            }

            fixed (float* i0 = call.Input0, i1 = call.Input1, i2 = call.Input2, i3 = call.Input3)
            fixed (float* o0 = call.Output0, o1 = call.Output1, o2 = call.Output2, o3 = call.Output3)
            {
                // Behind the streamed inputs come those that stay.
                this.frame.Inputs[0] = (nint)i0;
                Set(1, i1);
                Set(2, i2);
                Set(3, i3);
                this.frame.Outputs[0] = (nint)o0;
                this.frame.Outputs[1] = (nint)o1;
                this.frame.Outputs[2] = (nint)o2;
                this.frame.Outputs[3] = (nint)o3;
                this.step.Run(in this.frame);
                this.frame.Step++;
            }
        }
        finally
        {
            this.Leave();
        }

        void Set(int index, float* input)
        {
            if (index < this.streamed.Length)
            {
                this.frame.Inputs[index] = (nint)input;
            }
        }
    }

    /// <summary>Goes back to before the first step.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in a call of this stream.</exception>
    /// <exception cref="ObjectDisposedException">The stream has been disposed of.</exception>
    public void Reset()
    {
        this.Enter();
        this.ResetStates();
        this.Leave();
    }

    /// <summary>A stream of its own that stands where this one does.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in a call of this stream.</exception>
    /// <exception cref="ObjectDisposedException">The stream has been disposed of.</exception>
    public InferenceStream Copy()
    {
        this.Enter();
        InferenceStream copy = new(this.network, this.programs, this.Samples);
        copy.frame.SizeValues = this.frame.SizeValues;
        copy.given = Array.ConvertAll(this.given, CopyOf);
        copy.MakeRoom();
        this.states.CopyTo(copy.states);
        this.Leave();
        return copy;

        static NativeBuffer CopyOf(NativeBuffer buffer)
        {
            NativeBuffer own = new(buffer.Length);
            buffer.CopyTo(own);
            return own;
        }
    }

    /// <summary>Goes to where another stream of the same network stands, without allocating.</summary>
    /// <param name="other">A stream of as many samples, and with sources as long, if it has any.</param>
    /// <exception cref="ArgumentException">The other stream is of another network, or of other sizes.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in a call of one of the streams.</exception>
    /// <exception cref="ObjectDisposedException">One of the streams has been disposed of.</exception>
    public void CopyFrom(InferenceStream other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other))
        {
            return;
        }

        if (!ReferenceEquals(this.network, other.network) || this.Samples != other.Samples || !this.given.Select(g => g.Length).SequenceEqual(other.given.Select(g => g.Length)))
        {
            throw new ArgumentException($"A stream of the same {this.network.Definition.Name}, of {this.Samples} samples and with sources as long, was expected.", nameof(other));
        }

        this.Enter();
        try
        {
            other.Enter();
        }
        catch
        {
            this.Leave();
            throw;
        }

        other.states.CopyTo(this.states);
        for (int i = 0; i < this.given.Length; i++)
        {
            other.given[i].CopyTo(this.given[i]);
        }

        other.Leave();
        this.Leave();
    }

    /// <summary>Lets each sample go on from where some sample stands, as a search does that follows several hypotheses.</summary>
    /// <param name="rows">For each sample the one from which it goes on.</param>
    /// <exception cref="ArgumentException">There is not one row a sample, or a row is none of the samples.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in a call of this stream.</exception>
    /// <exception cref="ObjectDisposedException">The stream has been disposed of.</exception>
    public void Reorder(ReadOnlySpan<int> rows)
    {
        if (rows.Length != this.Samples)
        {
            throw new ArgumentException($"There are {rows.Length} rows and {this.Samples} samples.", nameof(rows));
        }

        foreach (int row in rows)
        {
            if ((uint)row >= (uint)this.Samples)
            {
                throw new ArgumentException($"The row {row} is none of the {this.Samples} samples.", nameof(rows));
            }
        }

        this.Enter();
        this.ReorderStates(rows);
        for (int i = 0; i < this.given.Length; i++)
        {
            NativeBuffer spare = this.spareGiven[i] ??= new NativeBuffer(this.given[i].Length);
            CopyRows(rows, this.given[i], spare, 0, this.given[i].Length / this.Samples);
            (this.given[i], this.spareGiven[i]) = (spare, this.given[i]);
        }

        this.Point();
        this.Leave();
    }

    /// <summary>The stream cannot be used any more; its memory is given back when nothing refers to it.</summary>
    public void Dispose() => Volatile.Write(ref this.use, Disposed);

    /// <summary>Runs the setup on the network's other inputs and goes to before the first step.</summary>
    /// <param name="call">The inputs.</param>
    /// <param name="rows">How many of the stream's samples share each sample of them.</param>
    internal void Start(scoped in PredictCall call, int rows)
    {
        NetworkDefinition definition = this.network.Definition;
        Frame own = default;
        own.Parts = 1;
        PredictCall sized = call;
        sized.Samples = this.Samples / rows;
        sized.SetSizes(definition, ref own, this.streamed);
        if (this.programs.SetupWeights is { } setup)
        {
            this.RunSetup(in sized, own, setup, rows);
        }

        ReadOnlySpan<int> sizes = this.step.Sizes;
        for (int i = 0; i < sizes.Length; i++)
        {
            this.frame.SizeValues[i] = own.SizeValues[sizes[i]];
        }

        this.frame.SizeValues[0] = this.Samples;

        this.MakeRoom();
        this.ResetStates();
    }

    /// <summary>Reorders the states alone, where all rows that take part share what was given.</summary>
    internal void ReorderStates(ReadOnlySpan<int> rows)
    {
        this.spareStates ??= new NativeBuffer(this.states.Length);
        ReadOnlySpan<int> stateSizes = this.step.StateSizes, offsets = this.step.StateOffsets;
        for (int i = 0; i < stateSizes.Length; i++)
        {
            CopyRows(rows, this.states, this.spareStates, (nint)offsets[i] * this.Samples, stateSizes[i]);
        }

        (this.states, this.spareStates) = (this.spareStates, this.states);
        this.Point();
    }

    private void RunSetup(scoped in PredictCall call, Frame own, WeightsSnapshot setup, int rows)
    {
        NetworkDefinition definition = this.network.Definition;
        int count = this.step.Given;
        foreach (int start in this.step.Starts)
        {
            count = Math.Max(count, start + 1);
        }

        NativeBuffer[] results = new NativeBuffer[count];
        for (int i = 0; i < count; i++)
        {
            nint length = setup.Program.OutputLength(i, in own);
            results[i] = new NativeBuffer(length);
            own.Outputs[i] = (nint)results[i].Pointer;
        }

        int times = definition.Times, samples = call.Samples;
        NativeBuffer lengths = new((nint)times * samples);
        call.WriteLengths(definition, in own, lengths.Slice(0, times * samples));
        NativeBuffer scratch = new(setup.Program.ArenaLength(in own));
        own.ArenaPointer = scratch.Pointer;
        Prepared prepared = this.network.CurrentWeights(setup);
        own.PreparedPointer = prepared.Buffer.Pointer;
        fixed (float* i0 = call.Input0, i1 = call.Input1, i2 = call.Input2, i3 = call.Input3)
        {
            own.Inputs[0] = (nint)i0;
            own.Inputs[1] = (nint)i1;
            own.Inputs[2] = (nint)i2;
            own.Inputs[3] = (nint)i3;

            // Behind the inputs come the lengths.
            for (int i = 0; i < times; i++)
            {
                own.Inputs[definition.Inputs.Length + i] = (nint)(lengths.Pointer + ((nint)i * samples));
            }

            setup.Program.Run(in own);
        }

        GC.KeepAlive(prepared);
        GC.KeepAlive(lengths);
        scratch.Free();
        this.given = rows == 1 ? results : Array.ConvertAll(results, r => Repeat(r, samples, rows));
        this.spareGiven = new NativeBuffer?[count];
    }

    /// <summary>Each sample's row several times.</summary>
    private static NativeBuffer Repeat(NativeBuffer buffer, int samples, int times)
    {
        NativeBuffer repeated = new(buffer.Length * times);
        int size = (int)(buffer.Length / samples);
        for (int i = 0; i < samples * times; i++)
        {
            buffer.Slice((nint)(i / times) * size, size).CopyTo(repeated.Slice((nint)i * size, size));
        }

        return repeated;
    }

    /// <summary>Scratch memory for the frame's sizes; and the frame points to what the stream holds.</summary>
    private void MakeRoom()
    {
        nint length = this.step.ArenaLength(in this.frame);
        this.arena = this.arena.Length >= length ? this.arena : new NativeBuffer(length);
        for (int i = 0; i < this.outputSizes.Length; i++)
        {
            this.outputSizes[i] = this.step.OutputLength(i, in this.frame) / this.Samples;
        }

        this.Point();
    }

    private void Point()
    {
        this.frame.PreparedPointer = this.weights.Buffer.Pointer;
        this.frame.ArenaPointer = this.arena.Pointer;
        this.frame.StatePointer = this.states.Pointer;
        int first = this.streamed.Length;
        for (int i = 0; i < this.step.Given; i++)
        {
            this.frame.Inputs[first + i] = (nint)this.given[i].Pointer;
        }
    }

    private void ResetStates()
    {
        this.states.Clear();
        ReadOnlySpan<int> starts = this.step.Starts, offsets = this.step.StateOffsets, stateSizes = this.step.StateSizes;
        for (int i = 0; i < starts.Length; i++)
        {
            if (starts[i] >= 0)
            {
                int count = stateSizes[i] * this.Samples;
                this.given[starts[i]].Slice(0, count).CopyTo(this.states.Slice((nint)offsets[i] * this.Samples, count));
            }
        }
    }

    private static void CopyRows(ReadOnlySpan<int> rows, NativeBuffer from, NativeBuffer to, nint offset, nint size)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            from.Slice(offset + (rows[i] * size), (int)size).CopyTo(to.Slice(offset + (i * size), (int)size));
        }
    }

    private void Enter()
    {
        int found = Interlocked.CompareExchange(ref this.use, Busy, Idle);
        if (found != Idle)
        {
            Throw(found);
        }
    }

    /// <summary>Lets the next call in, unless the stream has been disposed of meanwhile.</summary>
    private void Leave() => Interlocked.CompareExchange(ref this.use, Idle, Busy);

    private static void Throw(int found)
    {
        ObjectDisposedException.ThrowIf(found == Disposed, typeof(InferenceStream));
        throw new InvalidOperationException("Another thread is in a call of this stream; a stream is used by one thread at a time. Copy() gives each its own.");
    }
}
