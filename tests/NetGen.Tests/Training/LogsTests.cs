namespace NetGen.Tests.Training;

public sealed class LogsTests
{
    [Fact]
    public void Results_keep_their_order_and_are_found_by_name()
    {
        Logs logs = new() { ["loss"] = 0.5, ["accuracy"] = 0.75 };
        logs["loss"] = 0.25;
        logs["val_loss"] = 1e-5;
        Assert.Equal(["loss", "accuracy", "val_loss"], logs.Keys);
        Assert.Equal([0.25, 0.75, 1e-5], logs.Values);
        Assert.Equal(3, logs.Count);
        Assert.True(logs.ContainsKey("accuracy"));
        Assert.False(logs.TryGetValue("nothing", out _));
        Assert.Equal("loss: 0.2500 - accuracy: 0.7500 - val_loss: 1.0000e-05", logs.ToString());
        KeyNotFoundException exception = Assert.Throws<KeyNotFoundException>(() => logs["val_accuracy"]);
        Assert.Contains("loss, accuracy, val_loss", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_has_a_value_for_each_epoch()
    {
        History history = new();
        history.Record(0, new Logs { ["loss"] = 2 });
        history.Record(1, new Logs { ["loss"] = 1, ["extra"] = 7 });
        Assert.Equal([2, 1], history["loss"]);
        Assert.Equal([7], history["extra"]);
        Assert.Equal([0, 1], history.Epochs);
        Assert.False(history.Contains("val_loss"));
        Assert.Contains("loss, extra", Assert.Throws<KeyNotFoundException>(() => history["val_loss"]).Message, StringComparison.Ordinal);
    }
}
