using Microsoft.Extensions.DependencyInjection;

namespace DermAssistant.Imaging.Tests;

public class RegistrationTests
{
    [Fact]
    public void The_room_registers_one_gate_with_the_limits_given()
    {
        var services = new ServiceCollection().AddImaging(new PhotoGateOptions { MaxBytes = 3 });
        var gate = Assert.Single(services, service => service.ServiceType == typeof(PhotoGate)).ImplementationInstance;
        Assert.Contains("more than the 3 bytes allowed", Assert.IsType<PhotoGate>(gate).Admit(new byte[4], "a.jpg").Report.Reasons[0]);
    }

    [Fact]
    public void Limits_that_make_no_sense_stop_the_host_at_its_door() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceCollection().AddImaging(new PhotoGateOptions { MaxSide = 0 }));
}
