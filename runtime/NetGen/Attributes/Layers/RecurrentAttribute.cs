namespace NetGen;

/// <summary>
/// What recurrent layers share: (batch, time, ...) to what the last step gives, or to what all give with ReturnSequences. A masked step keeps its state and repeats
/// its last output; of a bidirectional layer it gives 0 (<see cref="ZeroOutputForMask"/>). The kernel is (..., features, gates x units), the recurrent kernel (..., units, gates x units).
/// </summary>
public abstract class RecurrentAttribute : KernelAttribute
{
    private protected RecurrentAttribute()
    {
    }

    /// <summary>The rate of dropout of the input, the same for all steps; 0 unless given.</summary>
    public object? Dropout { get; set; }

    /// <summary>The rate of dropout of the state, the same for all steps; 0 unless given.</summary>
    public object? RecurrentDropout { get; set; }

    /// <summary>A seed of the layer's own for dropout, an integer from 0, in the place of the trainer's: its random numbers then do not hang on where the layer stands.</summary>
    public object? Seed { get; set; }

    /// <summary>Whether the outputs of all steps go on; false unless given: the last.</summary>
    public object? ReturnSequences { get; set; }

    /// <summary>
    /// Whether the final states are taps: <c>name.state_h</c>, of an LSTM also <c>name.state_c</c>; with Bidirectional <c>name.forward_state_h</c>,
    /// <c>name.backward_state_h</c> and so on. False unless given.
    /// </summary>
    public object? ReturnState { get; set; }

    /// <summary>Whether time runs from the end to the start, the outputs in the order of their making; false unless given.</summary>
    public object? GoBackwards { get; set; }

    /// <summary>
    /// Whether a masked step gives 0 rather than the last output; false unless given. With <see cref="Bidirectional"/> it always does so in sequences, and has no say elsewhere, as in
    /// Keras.
    /// </summary>
    public object? ZeroOutputForMask { get; set; }

    /// <summary>
    /// Where the states start: the name of a layer with ReturnState, or an array of as many outputs as there are states, of a bidirectional layer those of the
    /// forward direction first; 0 unless given.
    /// </summary>
    public object? InitialState { get; set; }

    /// <summary>
    /// Whether sample i of a batch starts where sample i of the batch before ended; false unless given: each starts at 0. The states lie with the trainer: they are carried through
    /// the batches of a Fit, an Evaluate and a Predict of a trainer, and <see cref="Trainer.ResetStates"/> brings them back to 0. All batches then have the same number
    /// of samples, in the stored order. No gradient flows over the border. A Predict of the network starts at 0, and a stream has its own states anyway.
    /// </summary>
    public object? Stateful { get; set; }

    /// <summary>
    /// Gradient checkpointing, for long sequences: training keeps the states at every so many steps only, at least 2, and computes what lies between them, the projection of the input
    /// among it, again in the backward half. Its memory for the gates then grows with T / k + k steps in place of T, for about a third more work; the outputs are the same. All steps
    /// are kept unless given.
    /// </summary>
    public object? GradientCheckpoint { get; set; }

    /// <summary>The name of an output (batch, time) of 0 and 1; the input's own mask unless given.</summary>
    public string? Mask { get; set; }

    /// <summary>
    /// A <see cref="NetGen.Merge"/>: a second such layer with weights of its own reads the sequence from the end to the start, and this says how both outputs become one.
    /// One direction unless given. The weights are <c>name/forward/kernel</c>, <c>name/backward/kernel</c> and so on.
    /// </summary>
    public object? Bidirectional { get; set; }

    /// <summary>How the recurrent kernel (..., units, gates x units) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Orthogonal unless given.</summary>
    public string? RecurrentInitializer { get; set; }

    /// <summary>A penalty on the recurrent kernel (..., units, gates x units) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? RecurrentRegularizer { get; set; }

    /// <summary>What the recurrent kernel (..., units, gates x units) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? RecurrentConstraint { get; set; }
}
