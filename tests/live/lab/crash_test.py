"""Kill -9 of the receiver and of the daemon: no alert is lost, invented, or told again as another."""
import unittest

import stage

CAMERAS = 12


class Crash(unittest.TestCase):
    def test_a_killed_receiver_gets_every_alert_after_its_return(self):
        with stage.Stage() as lab:
            lab.receiver.start()
            lab.daemon.start()
            lab.appear(CAMERAS, 1)
            self.assertTrue(stage.wait(lambda: lab.receiver.messages()), "no alert arrived at all")
            lab.receiver.kill()
            macs = lab.appear(CAMERAS, 2)
            self.assertTrue(stage.wait(lambda: set(macs) <= set(stage.violations(lab.daemon.documents("alerts")))))
            lab.receiver.start()
            told = stage.ids(lab.daemon.documents("alerts"))
            stage.wait(lambda: told <= stage.ids(lab.receiver.alerts()), 60)
            arrived = stage.ids(lab.receiver.alerts())
            self.assertEqual(told - arrived, set(), "lost")
            self.assertEqual(arrived - told, set(), "invented")
            self.assertGreaterEqual(len(stage.violations(lab.receiver.alerts())), 2 * CAMERAS)

    def test_a_killed_daemon_delivers_what_it_had_found(self):
        with stage.Stage() as lab:
            lab.daemon.start()  # without a receiver: everything waits
            macs = lab.appear(CAMERAS, 3)
            self.assertTrue(stage.wait(lambda: set(macs) <= set(stage.violations(lab.daemon.documents("alerts")))))
            before = lab.daemon.documents("alerts")
            lab.daemon.kill()
            lab.receiver.start()
            lab.daemon.start()
            stage.wait(lambda: stage.ids(before) <= stage.ids(lab.receiver.alerts()), 60)
            self.assertEqual(stage.ids(lab.receiver.alerts()), stage.ids(before))

    def test_a_killed_daemon_repeats_nothing_and_remembers_when_it_saw_a_device_first(self):
        with stage.Stage() as lab:
            lab.receiver.start()
            lab.daemon.start()
            macs = lab.appear(CAMERAS, 4)
            self.assertTrue(stage.wait(lambda: set(macs) <= set(stage.violations(lab.receiver.alerts()))))
            before = lab.daemon.documents("alerts")
            first_seen = {device["mac"]: device["first_seen"] for device in lab.daemon.documents("devices")
                          if device["mac"] in macs}
            lab.daemon.kill()
            lab.daemon.start()
            self.assertEqual(lab.appear(CAMERAS, 4), macs)  # the same cameras say it again
            late = lab.appear(1, 5)
            self.assertTrue(stage.wait(lambda: set(late) <= set(stage.violations(lab.receiver.alerts()))))
            again = {mac: ids for mac, ids in stage.violations(lab.receiver.alerts()).items() if mac in macs}
            self.assertEqual(again, stage.violations(before))
            self.assertEqual({device["mac"]: device["first_seen"] for device in lab.daemon.documents("devices")
                              if device["mac"] in first_seen}, first_seen)

    def test_killed_again_and_again_each_camera_is_told_once(self):
        with stage.Stage() as lab:
            lab.receiver.start()
            for _ in range(4):
                lab.daemon.start()
                macs = lab.appear(CAMERAS, 6, pause=0.02)
                lab.daemon.kill()  # in the middle of its work, or just behind it
            lab.daemon.start()
            lab.appear(CAMERAS, 6)
            self.assertTrue(stage.wait(lambda: set(macs) <= set(stage.violations(lab.receiver.alerts())), 60))
            told = stage.ids(lab.daemon.documents("alerts"))
            stage.wait(lambda: told <= stage.ids(lab.receiver.alerts()), 60)
            self.assertEqual(stage.ids(lab.receiver.alerts()), told)
            self.assertEqual({mac: len(ids) for mac, ids in stage.violations(lab.receiver.alerts()).items()},
                             {mac: 1 for mac in macs})


if __name__ == "__main__":
    stage.main()
