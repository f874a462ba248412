namespace NetGen;

/// <summary>What a trainer's settings come to for a network: losses and metrics per output, the optimizer's state, and the program of a step.</summary>
internal sealed class TrainingEngine
{
    /// <summary>
    /// Multiply-adds of a batch's forward half below which a second thread costs more than it does. Measured on two cores with dense networks of three layers, batch 32:
    /// with 150,000 two threads take 1.1 times as long as one, with 260,000 as long, with 600,000 and more 1.1 times less.
    /// </summary>
    private const long LeastSharedWork = 250_000;

    private readonly Network network;
    private readonly TrainingProgram program;
    private readonly SiblingNetwork? evaluation;
    private float[] masks = [];
    private float[] penalties = [];
    private float[] lengths = [];

    public TrainingEngine(Network network, TrainingProgram program, Optimizer optimizer, IEnumerable<KeyValuePair<string, Optimizer>> blocks, OutputHead[] heads)
    {
        this.network = network;
        this.program = program;
        evaluation = program.Evaluation is { } withPenalties ? new SiblingNetwork(network, withPenalties) : null;
        Heads = heads;
        HasLoss = Array.Exists(heads, head => head.Loss is not null);
        NativeBuffer gradients = new(network.Definition.WeightsLength);
        Update = new WeightUpdate(network, optimizer, blocks, gradients);
        Step = new TrainingStep(network, program, heads, Update, gradients);
        StatesOfTraining = Step.States;
        InferenceProgram inference = network.Program;
        StatesOfInference = new CarriedStates(network.Definition.Name, network.Definition.States, [.. inference.StateSizes], [.. inference.StateOffsets], inference.StateFloats);
        Training = new Scoreboard(heads);
        Evaluation = new Scoreboard(heads);
    }

    /// <summary>The outputs with their losses and metrics.</summary>
    public OutputHead[] Heads { get; }

    /// <summary>Whether an output has a loss, so that there is something to make small.</summary>
    public bool HasLoss { get; }

    /// <summary>The optimizer's state, penalties and constraints.</summary>
    public WeightUpdate Update { get; }

    /// <summary>One step on a batch.</summary>
    public TrainingStep Step { get; }

    /// <summary>What layers with <c>Stateful</c> take over from one batch of training to the next.</summary>
    public CarriedStates StatesOfTraining { get; }

    /// <summary>The same of evaluation and prediction, so that a validation between two epochs leaves training where it was.</summary>
    public CarriedStates StatesOfInference { get; }

    /// <summary>The results of training.</summary>
    public Scoreboard Training { get; }

    /// <summary>The results of validation and evaluation.</summary>
    public Scoreboard Evaluation { get; }

    /// <summary>How many threads a batch is worth.</summary>
    public int ThreadsFor(int samples, int most) => ThreadsFor(program, samples, most);

    /// <summary>How many threads a batch is worth to a program.</summary>
    public static int ThreadsFor(TrainingProgram program, int samples, int most) => program.WorkPerSample * samples < LeastSharedWork ? 1 : most;

    /// <summary>Readies the outputs for a data set or one of its batches, from whose samples the times follow.</summary>
    /// <param name="binding">The data set.</param>
    /// <param name="batch">The batch; null for the longest samples of the data set.</param>
    /// <exception cref="ArgumentException">The batch is empty, or its sequences do not fit the network.</exception>
    public void Use(DataBinding binding, Batch? batch = null)
    {
        if (batch?.Count == 0) throw new ArgumentException("The data set gave an empty batch; at least one sample is expected.", "data");
        Frame frame = default;
        binding.SetSizes(ref frame, 1, batch);
        for (int i = 0; i < Heads.Length; i++) Heads[i].Resolve((int)program.OutputLength(i, in frame));
    }

    /// <summary>Elements of one sample of an output for a number of steps of a time.</summary>
    public int OutputSize(int output, int time, int steps)
    {
        Frame frame = default;
        frame.SizeValues[0] = 1;
        if (time > 0) frame.SizeValues[time] = steps;
        return (int)program.OutputLength(output, in frame);
    }

    /// <summary>The sum of the penalties on the weights as they are.</summary>
    public double Penalty()
    {
        Update.Refresh();
        Update.AddPenalties(0, 1, withGradients: false);
        return Update.Penalty;
    }

    /// <summary>Runs inference on a batch, into the predictions and masks of the heads.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="binding">Which of its tensors is which.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="samples">The only input where it does not lie in the batch.</param>
    public void Infer(Batch batch, DataBinding binding, int threads, ReadOnlySpan<float> samples = default) => Infer(network, batch, binding, threads, samples);

    private void Infer(Network runner, Batch batch, DataBinding binding, int threads, ReadOnlySpan<float> samples)
    {
        Use(binding, batch);
        foreach (OutputHead head in Heads) head.Reserve(batch.Capacity);
        PredictCall call = new() { Samples = batch.Count };
        int inputs = network.Definition.Inputs.Length;
        call.Input0 = samples.IsEmpty ? batch.Input(binding.InputOf(0)) : samples;
        if (inputs > 1) call.Input1 = batch.Input(binding.InputOf(1));
        if (inputs > 2) call.Input2 = batch.Input(binding.InputOf(2));
        if (inputs > 3) call.Input3 = batch.Input(binding.InputOf(3));
        call.Output0 = Predictions(0, batch.Count);
        if (Heads.Length > 1) call.Output1 = Predictions(1, batch.Count);
        if (Heads.Length > 2) call.Output2 = Predictions(2, batch.Count);
        if (Heads.Length > 3) call.Output3 = Predictions(3, batch.Count);
        if (binding.HasSequences)
        {
            Frame frame = default;
            binding.SetSizes(ref frame, batch.Count, batch);
            int count = network.Definition.Times * batch.Count;
            if (lengths.Length < count) lengths = new float[network.Definition.Times * batch.Capacity];
            binding.WriteLengths(batch, in frame, lengths.AsSpan(0, count));
            call.AllLengths = lengths.AsSpan(0, count);
        }

        int masked = 0;
        foreach (OutputHead head in Heads) masked += head.Info.IsMasked ? batch.Count * head.Shape[0] : 0;
        if (masks.Length < masked) masks = new float[masked];
        call.Masks = masks.AsSpan(0, masked);
        if (runner == evaluation)
        {
            if (penalties.Length < batch.Count) penalties = new float[batch.Capacity];
            call.Penalties = penalties.AsSpan(0, batch.Count);
        }

        call.Carried = StatesOfInference.Begin(batch.Count);
        try
        {
            runner.Infer(in call, ThreadsFor(batch.Count, threads));
        }
        catch (ArgumentOutOfRangeException)
        {
            TokenData.Check(batch, binding, network.Definition, samples);
            throw;
        }

        StatesOfInference.End(batch.Count);
        ReadOnlySpan<float> rest = call.Masks;
        foreach (OutputHead head in Heads)
        {
            if (!head.Info.IsMasked) continue;
            int length = batch.Count * head.Shape[0];
            rest[..length].CopyTo(head.Mask.Slice(0, length));
            rest = rest[length..];
        }
    }

    /// <summary>The sum of what the samples of a batch add to the loss.</summary>
    public static double Sum(ReadOnlySpan<float> penalties)
    {
        double sum = 0;
        foreach (float penalty in penalties) sum += penalty;
        return sum;
    }

    /// <summary>The loss of a batch by inference, with penalties on activities and without those on weights.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="binding">Which of its tensors is which.</param>
    /// <param name="board">Takes losses and metrics in, or null.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="samples">The only input where it does not lie in the batch.</param>
    public double Test(Batch batch, DataBinding binding, Scoreboard? board, int threads, ReadOnlySpan<float> samples = default)
    {
        double loss = 0;
        if (evaluation is null)
        {
            Infer(batch, binding, threads, samples);
        }
        else
        {
            evaluation.Refresh();
            Infer(evaluation, batch, binding, threads, samples);
            loss = Sum(penalties.AsSpan(0, batch.Count));
        }

        for (int i = 0; i < Heads.Length; i++)
        {
            OutputHead head = Heads[i];
            if (!head.NeedsTarget) continue;
            LossInput input = head.LossInput(batch, i, binding, batch.SampleWeights);
            double value = head.Evaluate(input, withGradient: false);
            loss += value * head.Weight;
            board?.AddLoss(i, value, batch.Count);
            board?.UpdateMetrics(i, input);
        }

        if (!double.IsFinite(loss)) FiniteData.Check(batch, binding, network.Definition, Heads, samples);
        return loss;
    }

    /// <summary>The predictions of an output for a number of samples.</summary>
    public Span<float> Predictions(int output, int samples) => Heads[output].Predictions.Slice(0, samples * Heads[output].SampleSize);
}
